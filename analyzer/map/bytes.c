/* SPDX-License-Identifier: MIT */
/* The byte map: who uses each byte of each host position, and which bits nobody uses. */
#include <stdlib.h>

#include "map/map_internal.h"

struct byte_mapper {
	struct pl_target *target;
	const struct pl_record *host;
	size_t page, budget, map_capacity, unused_capacity;
};

static bool is_user(const struct pl_member *member)
{
	return member->field->type_class != PL_CLASS_PADDING && member->field->size;
}

/*
 * The SIZE bits at FROM of OVERLAY as offsets from the start of the host
 * position, false if none of them are there.
 */
static bool clip_bits(const struct byte_mapper *m, const struct pl_overlay *overlay, uint64_t from,
		      uint64_t size, uint64_t *start, uint64_t *end)
{
	uint64_t base = m->page * m->host->size, limit = base + m->host->size, to = from + size;

	if (m->page >= overlay->pages || from >= limit || to <= base)
		return false;
	*start = (from > base ? from : base) - base;
	*end = (to < limit ? to : limit) - base;
	return true;
}

/* The same for the bits of MEMBER. */
static bool clip(const struct byte_mapper *m, const struct pl_overlay *overlay,
		 const struct pl_member *member, uint64_t *start, uint64_t *end)
{
	return clip_bits(m, overlay, member->field->offset, member->field->size, start, end);
}

/* The same for what MEMBER keeps from others: all of the lock or the list that it is in. */
static bool clip_whole(const struct byte_mapper *m, const struct pl_overlay *overlay,
		       const struct pl_member *member, uint64_t *start, uint64_t *end)
{
	const struct pl_record *record = overlay->record;
	size_t opaque = pl_map_opaque_around(record, member->field->container);

	if (opaque == PL_NONE)
		return clip(m, overlay, member, start, end);
	return clip_bits(m, overlay, record->containers[opaque].offset,
			 record->containers[opaque].size, start, end);
}

/* Byte offsets at which what lies on a position can change. */
struct edges {
	uint64_t *list;
	size_t count;
};

static int by_value(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static void add_edges(struct edges *edges, uint64_t start, uint64_t end)
{
	edges->list[edges->count++] = start / 8;
	edges->list[edges->count++] = (end + 7) / 8;
}

static void sort_edges(struct edges *edges)
{
	size_t kept = 0;

	qsort(edges->list, edges->count, sizeof(*edges->list), by_value);
	for (size_t i = 0; i < edges->count; i++)
		if (!kept || edges->list[i] != edges->list[kept - 1])
			edges->list[kept++] = edges->list[i];
	edges->count = kept;
}

static struct pl_error *find_edges(const struct byte_mapper *m, struct edges *ret)
{
	const struct pl_target *target = m->target;
	size_t most = m->host->n_fields + 1;
	struct edges edges = {0};
	uint64_t start, end;

	for (size_t o = 0; o < target->n_overlays; o++)
		most += target->overlays[o].n_members;
	edges.list = pl_arena_array(target->arena, most, 2 * sizeof(*edges.list));
	if (!edges.list)
		return pl_error_no_memory();
	add_edges(&edges, 0, m->host->size);
	for (size_t i = 0; i < m->host->n_fields; i++)
		add_edges(&edges, m->host->fields[i].offset,
			  m->host->fields[i].offset + m->host->fields[i].size);
	for (size_t o = 0; o < target->n_overlays; o++) {
		const struct pl_overlay *overlay = &target->overlays[o];

		for (size_t i = 0; i < overlay->n_members; i++)
			if (clip(m, overlay, &overlay->members[i], &start, &end))
				add_edges(&edges, start, end);
	}
	sort_edges(&edges);
	*ret = edges;
	return NULL;
}

static struct pl_error *find_host_fields(struct byte_mapper *m, struct pl_host_range *range)
{
	uint64_t start = range->range.offset, end = start + range->range.size;
	size_t capacity = 0;

	for (size_t i = 0; i < m->host->n_fields; i++) {
		const struct pl_field *field = &m->host->fields[i];
		const struct pl_field **list;

		if (!field->size || field->offset >= end || field->offset + field->size <= start)
			continue;
		list = pl_arena_grow(m->target->arena, range->host_fields, range->n_host_fields,
				     &capacity, sizeof(*list));
		if (!list)
			return pl_error_no_memory();
		if (!m->budget--)
			return pl_error_new(PL_ERROR_UNREADABLE, "the byte map is absurdly large");
		range->host_fields = list;
		list[range->n_host_fields++] = field;
	}
	return NULL;
}

static struct pl_error *find_users_of(struct byte_mapper *m, const struct pl_overlay *overlay,
				      struct pl_host_range *range, size_t *capacity)
{
	uint64_t from = range->range.offset, to = from + range->range.size, start, end;

	for (size_t i = 0; i < overlay->n_members; i++) {
		const struct pl_member *member = &overlay->members[i];
		struct pl_user *list;

		if (!is_user(member) || !clip(m, overlay, member, &start, &end) || start >= to ||
		    end <= from)
			continue;
		list = pl_arena_grow(m->target->arena, range->users, range->n_users, capacity,
				     sizeof(*list));
		if (!list)
			return pl_error_no_memory();
		if (!m->budget--)
			return pl_error_new(PL_ERROR_UNREADABLE, "the byte map is absurdly large");
		range->users = list;
		list[range->n_users++] = (struct pl_user){overlay, member->field};
	}
	return NULL;
}

static struct pl_error *map_range(struct byte_mapper *m, uint64_t start, uint64_t end)
{
	struct pl_target *target = m->target;
	struct pl_host_range *map =
		pl_arena_grow(target->arena, target->byte_map, target->n_byte_map, &m->map_capacity,
			      sizeof(*map));
	struct pl_host_range *range;
	size_t capacity = 0;

	if (!map)
		return pl_error_no_memory();
	target->byte_map = map;
	range = &map[target->n_byte_map++];
	*range = (struct pl_host_range){.range = {m->page, start * 8, (end - start) * 8}};
	PL_TRY(find_host_fields(m, range));
	for (size_t o = 0; o < target->n_overlays; o++)
		PL_TRY(find_users_of(m, &target->overlays[o], range, &capacity));
	return NULL;
}

static struct pl_error *add_gaps(struct byte_mapper *m, const struct pl_bit_range *gaps,
				 size_t count)
{
	struct pl_target *target = m->target;

	for (size_t i = 0; i < count; i++) {
		struct pl_bit_range *list =
			pl_arena_grow(target->arena, target->host_unused, target->n_host_unused,
				      &m->unused_capacity, sizeof(*list));

		if (!list)
			return pl_error_no_memory();
		target->host_unused = list;
		list[target->n_host_unused++] =
			(struct pl_bit_range){m->page, gaps[i].offset, gaps[i].size};
	}
	return NULL;
}

static struct pl_error *find_unused(struct byte_mapper *m)
{
	const struct pl_target *target = m->target;
	struct pl_paint paint = {.arena = target->arena};
	struct pl_bit_range *gaps;
	uint64_t start, end;
	size_t count;

	for (size_t o = 0; o < target->n_overlays; o++) {
		const struct pl_overlay *overlay = &target->overlays[o];

		for (size_t i = 0; i < overlay->n_members; i++)
			if (is_user(&overlay->members[i]) &&
			    clip_whole(m, overlay, &overlay->members[i], &start, &end))
				PL_TRY(pl_paint_add(&paint, start, end - start));
	}
	PL_TRY(pl_paint_gaps(&paint, 0, m->host->size, &gaps, &count));
	return add_gaps(m, gaps, count);
}

static struct pl_error *map_page(struct byte_mapper *m)
{
	struct edges edges = {0};

	PL_TRY(find_edges(m, &edges));
	for (size_t i = 0; i + 1 < edges.count; i++)
		PL_TRY(map_range(m, edges.list[i], edges.list[i + 1]));
	return find_unused(m);
}

struct pl_error *pl_map_bytes(struct pl_target *target, const struct pl_record *host)
{
	struct byte_mapper m = {.target = target, .host = host, .budget = PL_MAP_LIMIT};
	size_t pages = 1;

	for (size_t o = 0; o < target->n_overlays; o++)
		if (target->overlays[o].pages > pages)
			pages = target->overlays[o].pages;
	for (m.page = 0; m.page < pages; m.page++)
		PL_TRY(map_page(&m));
	return NULL;
}
