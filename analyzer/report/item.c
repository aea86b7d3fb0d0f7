/* SPDX-License-Identifier: MIT */
#include "report/item.h"

static bool is_shown_whole(enum pl_type_class type_class)
{
	return type_class == PL_CLASS_LOCK || type_class == PL_CLASS_ATOMIC ||
	       type_class == PL_CLASS_PADDING;
}

struct pl_item pl_item_of(const struct pl_record *record, const struct pl_field *field)
{
	struct pl_item item = {field->path, field->type, field->offset, field->size, field};
	size_t at = field->container;

	for (; at != PL_NONE; at = record->containers[at].parent) {
		const struct pl_container *container = &record->containers[at];

		if ((container->offset == item.offset && container->size == item.size) ||
		    is_shown_whole(container->type_class))
			item = (struct pl_item){container->path, container->type, container->offset,
						container->size, field};
	}
	return item;
}

const char *pl_item_name(const struct pl_record *record, const struct pl_field *field)
{
	return pl_item_of(record, field).name;
}

bool pl_item_is_on(const struct pl_item *item, const struct pl_row *row)
{
	return item->size && item->offset < row->offset + row->size &&
	       item->offset + item->size > row->offset;
}

bool pl_branches_exclude(const struct pl_branch *a, size_t n_a, const struct pl_branch *b,
			 size_t n_b)
{
	for (size_t i = 0; i < n_a && i < n_b; i++) {
		if (a[i].union_index != b[i].union_index)
			return false;
		if (a[i].alternative != b[i].alternative)
			return true;
	}
	return false;
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

struct pl_error *pl_host_rows(const struct pl_record *host, uint64_t word, struct pl_arena *arena,
			      struct pl_row **ret, size_t *count)
{
	struct pl_row *rows = NULL;
	size_t capacity = 0, n = 0;

	for (uint64_t at = 0; at < host->size;) {
		uint64_t end = at - at % word + word;
		uint64_t edge = next_edge(host, at, end < host->size ? end : host->size);

		rows = pl_arena_grow(arena, rows, n, &capacity, sizeof(*rows));
		if (!rows)
			return pl_error_no_memory();
		rows[n++] = (struct pl_row){at, edge - at};
		at = edge;
	}
	*ret = rows;
	*count = n;
	return NULL;
}

uint64_t pl_word_bits(const struct pl_target *target)
{
	return target->bits ? target->bits : 64;
}

size_t pl_most_pages(const struct pl_target *target)
{
	size_t pages = 1;

	for (size_t i = 0; i < target->n_overlays; i++)
		if (target->overlays[i].pages > pages)
			pages = target->overlays[i].pages;
	return pages;
}
