/* SPDX-License-Identifier: MIT */
/*
 * Unused bits of one overlay. A region is the record itself, or one
 * alternative of a union in it: what of its stretch neither a leaf, nor a
 * nested union, nor a record that is only whole (a lock, a list) occupies, is
 * a hole of that region. What lies in the holes of all regions is free.
 */
#include <stdlib.h>

#include "map/map_internal.h"

struct unused_finder {
	struct pl_arena *arena;
	const struct pl_record *host;
	struct pl_overlay *overlay;
	size_t capacity, free_capacity;
};

/* PL_NONE as the union stands for the record itself. */
struct region {
	struct pl_branch branch;
	uint64_t offset, size;
	const struct pl_branch *branches; /* all of them, down to this one */
	size_t n_branches;
};

static bool is_opaque(enum pl_type_class type_class)
{
	return type_class == PL_CLASS_LOCK || type_class == PL_CLASS_ATOMIC ||
	       type_class == PL_CLASS_LIST || type_class == PL_CLASS_RCU_HEAD;
}

/* What is inside of padding is free, whatever it looks like. */
size_t pl_map_opaque_around(const struct pl_record *record, size_t container)
{
	size_t found = PL_NONE;

	for (; container != PL_NONE; container = record->containers[container].parent) {
		enum pl_type_class type_class = record->containers[container].type_class;

		if (is_opaque(type_class))
			found = container;
		else if (type_class == PL_CLASS_PADDING)
			found = PL_NONE;
	}
	return found;
}

static struct pl_error *add_unused(struct unused_finder *f, struct pl_unused unused)
{
	struct pl_overlay *overlay = f->overlay;
	struct pl_unused *list = pl_arena_grow(f->arena, overlay->unused, overlay->n_unused,
					       &f->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	overlay->unused = list;
	list[overlay->n_unused++] = unused;
	return NULL;
}

/* Takes those of *SIZE bits at *OFFSET of the overlay that are on one host position; false if none
 * are left. */
static bool take_part(const struct unused_finder *f, uint64_t *offset, uint64_t *size,
		      struct pl_bit_range *ret)
{
	uint64_t page = *offset / f->host->size, at = *offset % f->host->size;
	uint64_t part = *size < f->host->size - at ? *size : f->host->size - at;

	if (!part || page >= f->overlay->pages)
		return false;
	*ret = (struct pl_bit_range){(size_t)page, at, part};
	*offset += part;
	*size -= part;
	return true;
}

static struct pl_error *add_range(struct unused_finder *f, uint64_t offset, uint64_t size,
				  struct pl_unused unused)
{
	while (take_part(f, &offset, &size, &unused.range))
		PL_TRY(add_unused(f, unused));
	return NULL;
}

/* Where the branch of REGION stands among those of FIELD: 1 is the first, 0 the record itself;
 * PL_NONE if the field is not in the region. */
static size_t depth_in(const struct region *region, const struct pl_field *field)
{
	if (region->branch.union_index == PL_NONE)
		return 0;
	for (size_t i = 0; i < field->n_branches; i++)
		if (field->branches[i].union_index == region->branch.union_index &&
		    field->branches[i].alternative == region->branch.alternative)
			return i + 1;
	return PL_NONE;
}

static struct pl_error *paint_field(const struct pl_record *record, const struct pl_field *field,
				    size_t depth, struct pl_paint *paint)
{
	const struct pl_union *nested =
		depth < field->n_branches ? &record->unions[field->branches[depth].union_index]
					  : NULL;
	size_t opaque = pl_map_opaque_around(record, nested ? nested->container : field->container);

	if (opaque != PL_NONE)
		return pl_paint_add(paint, record->containers[opaque].offset,
				    record->containers[opaque].size);
	if (nested)
		return pl_paint_add(paint, nested->offset, nested->size);
	return pl_paint_add(paint, field->offset, field->size);
}

static struct pl_error *find_holes(struct unused_finder *f, const struct region *region)
{
	const struct pl_record *record = f->overlay->record;
	struct pl_paint paint = {.arena = f->arena};
	struct pl_bit_range *gaps;
	bool all_copies = true;
	size_t n_gaps, inside = 0;

	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];
		size_t depth = depth_in(region, field);

		if (depth == PL_NONE)
			continue;
		inside++;
		all_copies &= pl_map_is_host_copy(f->host, record, field);
		PL_TRY(paint_field(record, field, depth, &paint));
	}
	if (inside && all_copies)
		return NULL;
	PL_TRY(pl_paint_gaps(&paint, region->offset, region->size, &gaps, &n_gaps));
	for (size_t i = 0; i < n_gaps; i++)
		PL_TRY(add_range(f, gaps[i].offset, gaps[i].size,
				 (struct pl_unused){.why = PL_UNUSED_HOLE,
						    .branches = region->branches,
						    .n_branches = region->n_branches}));
	return NULL;
}

static struct pl_error *list_branches(struct pl_arena *arena, const struct pl_record *record,
				      struct region *region)
{
	struct pl_branch *branches;
	struct pl_branch at = region->branch;
	size_t count = 0;

	for (; at.union_index != PL_NONE; at = record->unions[at.union_index].parent)
		count++;
	branches = pl_arena_array(arena, count, sizeof(*branches));
	if (!branches)
		return pl_error_no_memory();
	region->branches = branches;
	region->n_branches = count;
	for (at = region->branch; count--; at = record->unions[at.union_index].parent)
		branches[count] = at;
	return NULL;
}

static struct pl_error *find_union_holes(struct unused_finder *f, size_t index)
{
	const struct pl_record *record = f->overlay->record;
	const struct pl_union *un = &record->unions[index];

	if (pl_map_opaque_around(record, un->container) != PL_NONE)
		return NULL;
	for (size_t i = 0; i < un->alternatives; i++) {
		struct region region = {{index, i}, un->offset, un->size, NULL, 0};

		PL_TRY(list_branches(f->arena, record, &region));
		PL_TRY(find_holes(f, &region));
	}
	return NULL;
}

static struct pl_error *find_pads(struct unused_finder *f)
{
	const struct pl_record *record = f->overlay->record;

	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		if (field->type_class != PL_CLASS_PADDING ||
		    pl_map_is_host_copy(f->host, record, field))
			continue;
		PL_TRY(add_range(f, field->offset, field->size,
				 (struct pl_unused){.why = PL_UNUSED_PAD,
						    .pad = field,
						    .branches = field->branches,
						    .n_branches = field->n_branches}));
	}
	return NULL;
}

static struct pl_error *add_free(struct unused_finder *f, struct pl_bit_range gap)
{
	struct pl_overlay *overlay = f->overlay;
	struct pl_bit_range range;

	while (take_part(f, &gap.offset, &gap.size, &range)) {
		struct pl_bit_range *list = pl_arena_grow(f->arena, overlay->free, overlay->n_free,
							  &f->free_capacity, sizeof(*list));

		if (!list)
			return pl_error_no_memory();
		overlay->free = list;
		list[overlay->n_free++] = range;
	}
	return NULL;
}

/* Of a copy of the host, all is taken: where the host has no field, the hole is the host's own. */
static struct pl_error *paint_taken(const struct unused_finder *f, const struct pl_field *field,
				    struct pl_paint *paint)
{
	if (!pl_map_is_host_copy(f->host, f->overlay->record, field))
		return paint_field(f->overlay->record, field, field->n_branches, paint);
	return pl_paint_add(paint, field->offset - field->offset % f->host->size, f->host->size);
}

/* Down to the leaves, whatever alternative they are in. */
static struct pl_error *find_free(struct unused_finder *f)
{
	const struct pl_record *record = f->overlay->record;
	struct pl_paint paint = {.arena = f->arena};
	struct pl_bit_range *gaps;
	bool all_copies = true;
	size_t n_gaps;

	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		all_copies &= pl_map_is_host_copy(f->host, record, field);
		PL_TRY(paint_taken(f, field, &paint));
	}
	if (record->n_fields && all_copies)
		return NULL;
	PL_TRY(pl_paint_gaps(&paint, 0, record->size, &gaps, &n_gaps));
	for (size_t i = 0; i < n_gaps; i++)
		PL_TRY(add_free(f, gaps[i]));
	return NULL;
}

static int by_place(const void *left, const void *right)
{
	const struct pl_unused *a = left, *b = right;

	if (a->range.page != b->range.page)
		return a->range.page < b->range.page ? -1 : 1;
	if (a->range.offset != b->range.offset)
		return a->range.offset < b->range.offset ? -1 : 1;
	for (size_t i = 0; i < a->n_branches && i < b->n_branches; i++) {
		if (a->branches[i].union_index != b->branches[i].union_index)
			return a->branches[i].union_index < b->branches[i].union_index ? -1 : 1;
		if (a->branches[i].alternative != b->branches[i].alternative)
			return a->branches[i].alternative < b->branches[i].alternative ? -1 : 1;
	}
	if (a->n_branches != b->n_branches)
		return a->n_branches < b->n_branches ? -1 : 1;
	return (a->why > b->why) - (a->why < b->why);
}

struct pl_error *pl_map_unused(struct pl_arena *arena, const struct pl_record *host,
			       struct pl_overlay *overlay)
{
	const struct pl_record *record = overlay->record;
	struct unused_finder f = {arena, host, overlay, 0, 0};
	struct region whole = {{PL_NONE, 0}, 0, record->size, NULL, 0};
	uint64_t covered = overlay->pages * host->size;

	PL_TRY(find_holes(&f, &whole));
	for (size_t i = 0; i < record->n_unions; i++)
		PL_TRY(find_union_holes(&f, i));
	PL_TRY(find_pads(&f));
	PL_TRY(find_free(&f));
	if (record->size < covered)
		PL_TRY(add_range(&f, record->size, covered - record->size,
				 (struct pl_unused){.why = PL_UNUSED_TAIL}));
	if (overlay->n_unused)
		qsort(overlay->unused, overlay->n_unused, sizeof(*overlay->unused), by_place);
	return NULL;
}
