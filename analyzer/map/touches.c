/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "map/map_internal.h"

/* "struct page" and "const struct page" both name the host "page". */
static bool names_host(const struct pl_record *host, const char *type)
{
	const char *space = strrchr(type, ' ');

	return space && !strcmp(space + 1, host->name) &&
	       strstr(type, host->is_union ? "union " : "struct ");
}

bool pl_map_is_host_copy(const struct pl_record *host, const struct pl_record *record,
			 const struct pl_field *field)
{
	size_t at = field->container;

	for (; at != PL_NONE; at = record->containers[at].parent) {
		const struct pl_container *container = &record->containers[at];

		if (container->size == host->size && container->offset % host->size == 0 &&
		    names_host(host, container->type))
			return true;
	}
	return false;
}

/* START counts from the start of the host position; a member from the one before begins below 0. */
static enum pl_relation relate(const struct pl_field *member, int64_t start,
			       const struct pl_field *host_field)
{
	int64_t end = start + (int64_t)member->size;
	int64_t host_start = (int64_t)host_field->offset;
	int64_t host_end = host_start + (int64_t)host_field->size;

	if (member->type_class == PL_CLASS_PADDING)
		return PL_RELATION_PAD;
	if (start > host_start || end < host_end)
		return PL_RELATION_PARTIAL;
	if (start == host_start && end == host_end)
		return PL_RELATION_ALIGNED;
	return PL_RELATION_SPANNING;
}

struct toucher {
	struct pl_arena *arena;
	const struct pl_record *host;
	struct pl_member *member;
	size_t capacity;
	size_t *budget;
};

static struct pl_error *add_touch(struct toucher *t, struct pl_touch touch)
{
	struct pl_member *member = t->member;
	struct pl_touch *touches = pl_arena_grow(t->arena, member->touches, member->n_touches,
						 &t->capacity, sizeof(*touches));

	if (!touches)
		return pl_error_no_memory();
	if (!(*t->budget)--)
		return pl_error_new(PL_ERROR_UNREADABLE, "more than %d touches", PL_MAP_LIMIT);
	member->touches = touches;
	touches[member->n_touches++] = touch;
	return NULL;
}

/* START and END count from the start of host position PAGE; START may lie before it. */
static struct pl_error *touch_page(struct toucher *t, size_t page, int64_t start, int64_t end)
{
	const struct pl_field *member = t->member->field;

	for (size_t i = 0; i < t->host->n_fields; i++) {
		const struct pl_field *field = &t->host->fields[i];
		int64_t from = (int64_t)field->offset, to = from + (int64_t)field->size;
		struct pl_touch touch = {field, relate(member, start, field), {0}};

		if (!field->size || from >= end || to <= start)
			continue;
		from = from > start ? from : start;
		to = to < end ? to : end;
		touch.range = (struct pl_bit_range){page, (uint64_t)from, (uint64_t)(to - from)};
		PL_TRY(add_touch(t, touch));
	}
	return NULL;
}

static struct pl_error *touch_all(struct toucher *t, size_t pages)
{
	const struct pl_field *member = t->member->field;
	uint64_t host_size = t->host->size, end = member->offset + member->size;
	uint64_t limit = pages * host_size;

	for (size_t page = t->member->range.page; page < pages && page * host_size < end; page++) {
		int64_t base = (int64_t)(page * host_size);

		PL_TRY(touch_page(t, page, (int64_t)member->offset - base,
				  (int64_t)(end < limit ? end : limit) - base));
	}
	if (end > limit) {
		uint64_t from = member->offset > limit ? member->offset : limit;
		struct pl_bit_range range = {pages - 1, from - (pages - 1) * host_size, end - from};

		return add_touch(t, (struct pl_touch){NULL, PL_RELATION_BEYOND, range});
	}
	return NULL;
}

struct pl_error *pl_map_touches(struct pl_arena *arena, const struct pl_record *host,
				struct pl_overlay *overlay, size_t *budget)
{
	const struct pl_record *record = overlay->record;

	overlay->members = pl_arena_array(arena, record->n_fields, sizeof(*overlay->members));
	if (!overlay->members)
		return pl_error_no_memory();
	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];
		struct pl_member *member = &overlay->members[overlay->n_members];
		struct toucher toucher = {arena, host, member, 0, budget};
		size_t page = (size_t)(field->offset / host->size);

		if (pl_map_is_host_copy(host, record, field))
			continue;
		if (page >= overlay->pages)
			page = overlay->pages - 1;
		member->field = field;
		member->range =
			(struct pl_bit_range){page, field->offset - page * host->size, field->size};
		overlay->n_members++;
		overlay->used += field->type_class != PL_CLASS_PADDING && field->size;
		if (field->size)
			PL_TRY(touch_all(&toucher, overlay->pages));
	}
	return NULL;
}
