/* SPDX-License-Identifier: MIT */
/* Members that the code of a build does not read, or write, or touch. */
#include "map/map.h"
#include "map/map_internal.h"
#include "model/reach.h"

/* Whether FIELD is idle, and why into *RET. */
static bool is_idle(const struct pl_reaches *reaches, const char *record,
		    const struct pl_field *field, enum pl_idle_why *ret)
{
	unsigned kinds = pl_reaches_kinds(reaches, record, field->path);
	bool read = false, written = false;

	for (unsigned i = 0; i < PL_ACCESS_KIND_COUNT; i++) {
		if (!(kinds & 1U << i))
			continue;
		read |= pl_access_may_read((enum pl_access_kind)i);
		written |= pl_access_may_write((enum pl_access_kind)i);
	}
	*ret = !read && !written ? PL_IDLE_UNTOUCHED : !read ? PL_IDLE_UNREAD : PL_IDLE_UNWRITTEN;
	return !read || !written;
}

static void take(const struct pl_reaches *reaches, const char *record, const struct pl_field *field,
		 const struct pl_bit_range *range, struct pl_idle *list, size_t *count)
{
	enum pl_idle_why why;

	if (field->size && field->type_class != PL_CLASS_PADDING &&
	    is_idle(reaches, record, field, &why))
		list[(*count)++] = (struct pl_idle){field, *range, why};
}

static struct pl_error *find_in_overlay(struct pl_target *target, const struct pl_reaches *reaches,
					struct pl_overlay *overlay)
{
	overlay->idle = pl_arena_array(target->arena, overlay->n_members, sizeof(*overlay->idle));
	if (!overlay->idle)
		return pl_error_no_memory();
	for (size_t i = 0; i < overlay->n_members; i++)
		take(reaches, overlay->record->name, overlay->members[i].field,
		     &overlay->members[i].range, overlay->idle, &overlay->n_idle);
	return NULL;
}

static struct pl_error *find_in_host(struct pl_target *target, const struct pl_reaches *reaches)
{
	const struct pl_record *host = pl_target_record(target, target->host);

	target->host_idle = pl_arena_array(target->arena, host->n_fields, sizeof(struct pl_idle));
	if (!target->host_idle)
		return pl_error_no_memory();
	for (size_t i = 0; i < host->n_fields; i++) {
		const struct pl_bit_range range = {0, host->fields[i].offset, host->fields[i].size};

		take(reaches, host->name, &host->fields[i], &range, target->host_idle,
		     &target->n_host_idle);
	}
	return NULL;
}

static struct pl_error *find_all(struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct pl_reaches reaches;

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(pl_reaches_find(target->usage, scratch, &reaches));
	for (size_t i = 0; i < target->n_overlays; i++)
		PL_TRY(find_in_overlay(target, &reaches, &target->overlays[i]));
	return find_in_host(target, &reaches);
}

struct pl_error *pl_map_idle(struct pl_target *target)
{
	target->n_host_idle = 0;
	for (size_t i = 0; i < target->n_overlays; i++)
		target->overlays[i].n_idle = 0;
	return pl_target_has_whole_usage(target) ? find_all(target) : NULL;
}
