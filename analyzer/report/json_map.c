/* SPDX-License-Identifier: MIT */
#include "report/coverage.h"
#include "report/json_internal.h"

static json_t *touch_json(const struct pl_touch *touch, size_t page)
{
	struct pl_json json = pl_json_new();
	bool same_bits =
		touch->relation == PL_RELATION_ALIGNED || touch->relation == PL_RELATION_PINNED;

	pl_json_text(&json, "host_field", touch->host_field ? touch->host_field->path : NULL);
	pl_json_text(&json, "relation", pl_relation_name(touch->relation));
	if (touch->range.page != page)
		pl_json_number(&json, "page", touch->range.page);
	if (!same_bits)
		pl_json_place(&json, touch->range.offset, touch->range.size);
	return pl_json_take(&json);
}

static json_t *member_json(const struct pl_member *member)
{
	struct pl_json json = pl_json_new();
	json_t *touches = json_array();

	for (size_t i = 0; i < member->n_touches; i++)
		pl_json_append(&touches, touch_json(&member->touches[i], member->range.page));
	pl_json_text(&json, "path", member->field->path);
	pl_json_number(&json, "page", member->range.page);
	pl_json_place(&json, member->range.offset, member->range.size);
	pl_json_value(&json, "touches", touches);
	return pl_json_take(&json);
}

static json_t *unused_json(const struct pl_unused *unused)
{
	struct pl_json json = pl_json_new();

	pl_json_number(&json, "page", unused->range.page);
	pl_json_place(&json, unused->range.offset, unused->range.size);
	pl_json_text(&json, "why", pl_unused_why_name(unused->why));
	if (unused->pad)
		pl_json_text(&json, "member", unused->pad->path);
	pl_json_branches(&json, unused->branches, unused->n_branches);
	return pl_json_take(&json);
}

/* Bits that are as good as unused, as far as the code says: it names them so, or not at all. */
static json_t *idle_json(const struct pl_idle *idle)
{
	struct pl_json json = pl_json_new();

	pl_json_number(&json, "page", idle->range.page);
	pl_json_place(&json, idle->range.offset, idle->range.size);
	pl_json_text(&json, "why", pl_idle_why_name(idle->why));
	pl_json_text(&json, "member", idle->field->path);
	pl_json_branches(&json, idle->field->branches, idle->field->n_branches);
	return pl_json_take(&json);
}

static json_t *unpinned_json(const struct pl_overlay *overlay)
{
	json_t *list = json_array();

	for (size_t i = 0; i < overlay->n_members; i++)
		if (pl_is_unpinned(&overlay->members[i]))
			pl_json_append(&list, pl_json_string(overlay->members[i].field->path));
	return list;
}

/* Without assertions to read, what is pinned is not known. */
static json_t *coverage_json(const struct pl_target *target, const struct pl_overlay *overlay)
{
	struct pl_json json = pl_json_new();
	bool known = pl_target_has_pins(target);

	pl_json_value(&json, "pinned",
		      known ? json_integer((json_int_t)overlay->pinned) : json_null());
	pl_json_number(&json, "used", overlay->used);
	pl_json_value(&json, "unpinned", known ? unpinned_json(overlay) : json_null());
	return pl_json_take(&json);
}

json_t *pl_json_overlay_name(const struct pl_overlay *overlay)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "name", overlay->record->name);
	pl_json_number(&json, "pages", overlay->pages);
	pl_json_bool(&json, "discovered", overlay->discovered);
	return pl_json_take(&json);
}

json_t *pl_json_overlay(const struct pl_target *target, const struct pl_overlay *overlay)
{
	struct pl_json json = pl_json_new();
	json_t *members = json_array(), *unused = json_array();

	for (size_t i = 0; i < overlay->n_members; i++)
		pl_json_append(&members, member_json(&overlay->members[i]));
	for (size_t i = 0; i < overlay->n_unused; i++)
		pl_json_append(&unused, unused_json(&overlay->unused[i]));
	for (size_t i = 0; i < overlay->n_idle; i++)
		pl_json_append(&unused, idle_json(&overlay->idle[i]));
	pl_json_text(&json, "name", overlay->record->name);
	pl_json_number(&json, "pages", overlay->pages);
	pl_json_bool(&json, "discovered", overlay->discovered);
	pl_json_number(&json, "size_bits", overlay->record->size);
	pl_json_value(&json, "members", members);
	pl_json_value(&json, "unused", unused);
	pl_json_value(&json, "coverage", coverage_json(target, overlay));
	return pl_json_take(&json);
}

static json_t *user_json(const struct pl_user *user)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "overlay", user->overlay->record->name);
	pl_json_text(&json, "member", user->field->path);
	return pl_json_take(&json);
}

static json_t *range_json(const struct pl_host_range *range)
{
	struct pl_json json = pl_json_new();
	json_t *host_fields = json_array(), *users = json_array();

	for (size_t i = 0; i < range->n_host_fields; i++)
		pl_json_append(&host_fields, pl_json_string(range->host_fields[i]->path));
	for (size_t i = 0; i < range->n_users; i++)
		pl_json_append(&users, user_json(&range->users[i]));
	pl_json_number(&json, "page", range->range.page);
	pl_json_place(&json, range->range.offset, range->range.size);
	pl_json_value(&json, "host_fields", host_fields);
	pl_json_value(&json, "users", users);
	return pl_json_take(&json);
}

json_t *pl_json_byte_map(const struct pl_target *target)
{
	json_t *map = json_array();

	for (size_t i = 0; i < target->n_byte_map; i++)
		pl_json_append(&map, range_json(&target->byte_map[i]));
	return map;
}

json_t *pl_json_host_unused(const struct pl_target *target)
{
	json_t *list = json_array();

	for (size_t i = 0; i < target->n_host_unused; i++) {
		const struct pl_bit_range *range = &target->host_unused[i];
		struct pl_json json = pl_json_new();

		pl_json_number(&json, "page", range->page);
		pl_json_place(&json, range->offset, range->size);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}
