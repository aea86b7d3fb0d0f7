/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "map/map_internal.h"

struct pl_error *pl_paint_add(struct pl_paint *paint, uint64_t offset, uint64_t size)
{
	struct pl_bit_range *list;

	if (!size)
		return NULL;
	list = pl_arena_grow(paint->arena, paint->list, paint->count, &paint->capacity,
			     sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	paint->list = list;
	list[paint->count++] = (struct pl_bit_range){.offset = offset, .size = size};
	return NULL;
}

static int by_offset(const void *left, const void *right)
{
	const struct pl_bit_range *a = left, *b = right;

	return (a->offset > b->offset) - (a->offset < b->offset);
}

struct pl_error *pl_paint_gaps(struct pl_paint *paint, uint64_t offset, uint64_t size,
			       struct pl_bit_range **ret, size_t *count)
{
	struct pl_bit_range *gaps = pl_arena_array(paint->arena, paint->count + 1, sizeof(*gaps));
	uint64_t at = offset, end = offset + size;

	if (!gaps)
		return pl_error_no_memory();
	if (paint->count)
		qsort(paint->list, paint->count, sizeof(*paint->list), by_offset);
	*count = 0;
	for (size_t i = 0; i < paint->count && at < end; i++) {
		const struct pl_bit_range *painted = &paint->list[i];

		if (painted->offset > at)
			gaps[(*count)++] = (struct pl_bit_range){
				.offset = at,
				.size = (painted->offset < end ? painted->offset : end) - at,
			};
		if (painted->offset + painted->size > at)
			at = painted->offset + painted->size;
	}
	if (at < end)
		gaps[(*count)++] = (struct pl_bit_range){.offset = at, .size = end - at};
	*ret = gaps;
	return NULL;
}
