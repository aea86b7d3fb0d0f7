/* SPDX-License-Identifier: MIT */
#include "report/rows.h"

#include <stdlib.h>

/* So many words in which nothing begins or ends are one row; the widest word there is, in bits. */
enum { FOLDED = 16, WIDEST_WORD = 64 };

/* Where something begins or ends, in bits from the start of a host position. */
struct edges {
	struct pl_arena *arena;
	uint64_t *list; /* ascending once all are there; some more than once */
	size_t count, capacity;
	uint64_t page; /* the bits of a host position */
};

static struct pl_error *add_edge(struct edges *edges, uint64_t at)
{
	uint64_t *list = pl_arena_grow(edges->arena, edges->list, edges->count, &edges->capacity,
				       sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	edges->list = list;
	list[edges->count++] = at % edges->page;
	return NULL;
}

static struct pl_error *add_stretch(struct edges *edges, uint64_t offset, uint64_t size)
{
	PL_TRY(add_edge(edges, offset));
	return add_edge(edges, offset + size);
}

/* Tables name records with one leaf, locks and atomics, whose edges may not be those of leaves. */
static struct pl_error *add_record(struct edges *edges, const struct pl_record *record)
{
	for (size_t i = 0; i < record->n_fields; i++)
		PL_TRY(add_stretch(edges, record->fields[i].offset, record->fields[i].size));
	for (size_t i = 0; i < record->n_containers; i++)
		PL_TRY(add_stretch(edges, record->containers[i].offset,
				   record->containers[i].size));
	return NULL;
}

static struct pl_error *add_overlay(struct edges *edges, const struct pl_overlay *overlay)
{
	PL_TRY(add_record(edges, overlay->record));
	for (size_t i = 0; i < overlay->n_unused; i++)
		PL_TRY(add_stretch(edges, overlay->unused[i].range.offset,
				   overlay->unused[i].range.size));
	return add_edge(edges, overlay->record->size);
}

static int by_place(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

static struct pl_error *read_edges(struct edges *edges, const struct pl_target *target,
				   const struct pl_record *host)
{
	PL_TRY(add_record(edges, host));
	for (size_t i = 0; i < target->n_overlays; i++)
		PL_TRY(add_overlay(edges, &target->overlays[i]));
	if (edges->count)
		qsort(edges->list, edges->count, sizeof(*edges->list), by_place);
	return NULL;
}

/* Whether some host field lies on both sides of the bit at OFFSET. */
static bool is_crossed(const struct pl_record *host, uint64_t offset)
{
	for (size_t i = 0; i < host->n_fields; i++)
		if (host->fields[i].offset < offset &&
		    host->fields[i].offset + host->fields[i].size > offset)
			return true;
	return false;
}

/* The next byte after AT at which a host field begins or ends, at most END. */
static uint64_t next_edge(const struct pl_record *host, uint64_t at, uint64_t end)
{
	uint64_t edge = end;

	for (size_t i = 0; i < host->n_fields; i++) {
		uint64_t first = host->fields[i].offset, last = first + host->fields[i].size;

		if (first > at && first < edge && first % 8 == 0 && !is_crossed(host, first))
			edge = first;
		if (last > at && last < edge && last % 8 == 0 && !is_crossed(host, last))
			edge = last;
	}
	return edge;
}

/* The end of the row at AT; FROM is the first of the edges that may lie behind AT. */
static uint64_t row_end(const struct pl_record *host, const struct edges *edges, size_t *from,
			uint64_t word, uint64_t at)
{
	uint64_t end = at - at % word + word, edge = host->size;

	while (*from < edges->count && edges->list[*from] <= at)
		++*from;
	if (*from < edges->count)
		edge = edges->list[*from];
	if (at % word == 0 && edge - at >= FOLDED * word)
		return edge - edge % word;
	return next_edge(host, at, end < host->size ? end : host->size);
}

static uint64_t word_bits(const struct pl_target *target)
{
	return target->bits ? target->bits : WIDEST_WORD;
}

struct pl_error *pl_host_rows(const struct pl_target *target, struct pl_arena *arena,
			      struct pl_row **ret, size_t *count)
{
	const struct pl_record *host = pl_target_record(target, target->host);
	struct edges edges = {.arena = arena, .page = host->size};
	struct pl_row *rows = NULL;
	size_t capacity = 0, n = 0, from = 0;

	if (host->size)
		PL_TRY(read_edges(&edges, target, host));
	for (uint64_t at = 0; at < host->size;) {
		uint64_t end = row_end(host, &edges, &from, word_bits(target), at);

		rows = pl_arena_grow(arena, rows, n, &capacity, sizeof(*rows));
		if (!rows)
			return pl_error_no_memory();
		rows[n++] = (struct pl_row){at, end - at};
		at = end;
	}
	*ret = rows;
	*count = n;
	return NULL;
}

bool pl_row_has_bits(const struct pl_row *row, size_t page, uint64_t size,
		     const struct pl_bit_range *range)
{
	uint64_t from;

	if (page < range->page)
		return false;
	from = (page - range->page) * size + row->offset;
	return range->offset < from + row->size && range->offset + range->size > from;
}

bool pl_row_is_folded(const struct pl_row *row)
{
	return row->size > WIDEST_WORD;
}

size_t pl_most_pages(const struct pl_target *target)
{
	size_t pages = 1;

	for (size_t i = 0; i < target->n_overlays; i++)
		if (target->overlays[i].pages > pages)
			pages = target->overlays[i].pages;
	return pages;
}
