/* SPDX-License-Identifier: MIT */
#include "report/shown.h"

#include <string.h>

#include "report/coverage.h"

static bool same_touch(const struct pl_common_touch *a, const struct pl_common_touch *b)
{
	if (a->page != b->page || a->relation != b->relation || !a->host_field != !b->host_field)
		return false;
	return !a->host_field || !strcmp(a->host_field, b->host_field);
}

static void add_touch(struct pl_shown *shown, const struct pl_touch *touch)
{
	struct pl_common_touch common = {touch->host_field ? touch->host_field->path : NULL,
					 touch->range.page, touch->relation};

	for (size_t i = 0; i < shown->n_touches; i++)
		if (same_touch(&shown->touches[i], &common))
			return;
	shown->touches[shown->n_touches++] = common;
}

static struct pl_error *finish(struct pl_shown *shown, struct pl_arena *arena)
{
	size_t count = 0;

	for (size_t i = 0; i < shown->n_members; i++) {
		count += shown->members[i].n_touches;
		shown->in_use |= pl_is_in_use(&shown->members[i]);
		shown->pinned &= !pl_is_unpinned(&shown->members[i]);
	}
	shown->touches = pl_arena_array(arena, count, sizeof(*shown->touches));
	if (!shown->touches)
		return pl_error_no_memory();
	for (size_t i = 0; i < shown->n_members; i++)
		for (size_t j = 0; j < shown->members[i].n_touches; j++)
			add_touch(shown, &shown->members[i].touches[j]);
	return NULL;
}

/* What is past the last host counts from there, too. */
static struct pl_bit_range range_of(const struct pl_overlay *overlay, uint64_t host_bits,
				    const struct pl_item *item)
{
	uint64_t page = host_bits ? item->offset / host_bits : 0;

	if (page >= overlay->pages)
		page = overlay->pages - 1;
	return (struct pl_bit_range){(size_t)page, item->offset - page * host_bits, item->size};
}

static bool is_same(const struct pl_item *a, const struct pl_item *b)
{
	return a->offset == b->offset && a->size == b->size && !strcmp(a->name, b->name);
}

struct pl_error *pl_overlay_shown(const struct pl_overlay *overlay, uint64_t host_bits,
				  struct pl_arena *arena, struct pl_shown **ret, size_t *count)
{
	struct pl_shown *list = pl_arena_array(arena, overlay->n_members, sizeof(*list));
	size_t n = 0;

	if (!list)
		return pl_error_no_memory();
	for (size_t i = 0; i < overlay->n_members; i++) {
		const struct pl_member *member = &overlay->members[i];
		struct pl_item item = pl_item_of(overlay->record, member->field);

		if (!item.size)
			continue;
		if (!n || !is_same(&list[n - 1].item, &item))
			list[n++] = (struct pl_shown){.item = item,
						      .range = range_of(overlay, host_bits, &item),
						      .members = member,
						      .pinned = true};
		list[n - 1].n_members++;
	}
	for (size_t i = 0; i < n; i++)
		PL_TRY(finish(&list[i], arena));
	*ret = list;
	*count = n;
	return NULL;
}
