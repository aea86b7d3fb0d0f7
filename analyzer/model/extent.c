/* SPDX-License-Identifier: MIT */
#include "model/extent.h"

#include <stdlib.h>
#include <string.h>

#include "support/order.h"

/* How many names there are for what PATH is, and for what it is in. */
static size_t count_names(const char *path)
{
	size_t count = 1;

	for (; *path; path++)
		count += pl_path_can_end(path);
	return count;
}

static size_t count_all(const struct pl_record *record)
{
	size_t count = 0;

	for (size_t i = 0; i < record->n_fields; i++)
		count += count_names(record->fields[i].path);
	for (size_t i = 0; i < record->n_containers; i++)
		count += count_names(record->containers[i].path);
	return count;
}

uint64_t pl_record_index_effort(const struct pl_record *record)
{
	uint64_t effort = 0;

	for (size_t i = 0; i < record->n_fields; i++)
		effort += (uint64_t)count_names(record->fields[i].path) *
			  strlen(record->fields[i].path);
	for (size_t i = 0; i < record->n_containers; i++)
		effort += (uint64_t)count_names(record->containers[i].path) *
			  strlen(record->containers[i].path);
	return effort;
}

/* One for everything that PATH is in, and for itself; what has no bits is nowhere. */
static void add(struct pl_record *record, const char *path, uint64_t offset, uint64_t size)
{
	size_t length = 0;

	while (size) {
		if (pl_path_can_end(path + length))
			record->extents[record->n_extents++] =
				(struct pl_extent){path, length, offset, offset + size};
		if (!path[length++])
			return;
	}
}

static int compare(const void *left, const void *right)
{
	const struct pl_extent *a = left, *b = right;
	int order = memcmp(a->path, b->path, a->length < b->length ? a->length : b->length);

	return order ? order : pl_order_numbers(a->length, b->length);
}

/* Makes one of those of the same path. */
static void unite(struct pl_record *record)
{
	struct pl_extent *list = record->extents;
	size_t kept = 0;

	for (size_t i = 0; i < record->n_extents; i++) {
		struct pl_extent *last = kept ? &list[kept - 1] : NULL;

		if (!last || compare(last, &list[i])) {
			list[kept++] = list[i];
			continue;
		}
		last->start = list[i].start < last->start ? list[i].start : last->start;
		last->end = list[i].end > last->end ? list[i].end : last->end;
	}
	record->n_extents = kept;
}

struct pl_error *pl_record_index(struct pl_record *record, struct pl_arena *arena)
{
	record->n_extents = 0;
	record->extents = pl_arena_array(arena, count_all(record), sizeof(*record->extents));
	if (!record->extents)
		return pl_error_no_memory();
	for (size_t i = 0; i < record->n_fields; i++)
		add(record, record->fields[i].path, record->fields[i].offset,
		    record->fields[i].size);
	for (size_t i = 0; i < record->n_containers; i++)
		add(record, record->containers[i].path, record->containers[i].offset,
		    record->containers[i].size);
	qsort(record->extents, record->n_extents, sizeof(*record->extents), compare);
	unite(record);
	return NULL;
}

bool pl_record_extent(const struct pl_record *record, const char *path, uint64_t *offset,
		      uint64_t *size)
{
	const struct pl_extent wanted = {.path = path, .length = strlen(path)};
	const struct pl_extent *found = NULL;

	if (record->n_extents)
		found = bsearch(&wanted, record->extents, record->n_extents,
				sizeof(*record->extents), compare);
	if (!found)
		return false;
	*offset = found->start;
	*size = found->end - found->start;
	return true;
}
