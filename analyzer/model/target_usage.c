/* SPDX-License-Identifier: MIT */
#include "model/target.h"

#include <string.h>

#include "model/extent.h"
#include "support/text.h"

static struct pl_error *copy_spot(struct pl_arena *arena, const struct pl_spot *spot,
				  struct pl_spot *ret)
{
	PL_TRY(pl_text_set(arena, spot->place.file, &ret->place.file));
	PL_TRY(pl_text_set(arena, spot->function, &ret->function));
	return pl_text_set(arena, spot->through, &ret->through);
}

struct pl_usage *pl_target_usage(struct pl_target *target)
{
	if (!target->usage) {
		target->usage = pl_arena_alloc(target->arena, sizeof(*target->usage));
		if (target->usage)
			target->usage->shard = target->usage->shards = 1;
	}
	return target->usage;
}

bool pl_target_has_whole_usage(const struct pl_target *target)
{
	return target->usage && target->usage->shards == 1;
}

struct pl_error *pl_target_add_access(struct pl_target *target, const struct pl_access *access)
{
	struct pl_arena *arena = target->arena;
	struct pl_usage *usage = pl_target_usage(target);
	struct pl_access *list, *added;

	list = usage ? pl_arena_grow(arena, usage->accesses, usage->n_accesses,
				     &usage->accesses_capacity, sizeof(*list))
		     : NULL;
	if (!list)
		return pl_error_no_memory();
	usage->accesses = list;
	added = &list[usage->n_accesses];
	*added = *access;
	PL_TRY(pl_text_set(arena, access->record, &added->record));
	PL_TRY(pl_text_set(arena, access->field, &added->field));
	PL_TRY(copy_spot(arena, &access->spot, &added->spot));
	PL_TRY(pl_text_set(arena, access->callee, &added->callee));
	PL_TRY(pl_text_set(arena, access->bits, &added->bits));
	usage->n_accesses++;
	return NULL;
}

struct pl_error *pl_target_add_cast(struct pl_target *target, const struct pl_cast *cast)
{
	struct pl_arena *arena = target->arena;
	struct pl_usage *usage = pl_target_usage(target);
	struct pl_cast *list, *added;

	list = usage ? pl_arena_grow(arena, usage->casts, usage->n_casts, &usage->casts_capacity,
				     sizeof(*list))
		     : NULL;
	if (!list)
		return pl_error_no_memory();
	usage->casts = list;
	added = &list[usage->n_casts];
	*added = *cast;
	PL_TRY(pl_text_set(arena, cast->from, &added->from));
	PL_TRY(pl_text_set(arena, cast->to, &added->to));
	PL_TRY(copy_spot(arena, &cast->spot, &added->spot));
	usage->n_casts++;
	return NULL;
}

struct pl_error *pl_target_add_lost(struct pl_target *target, const struct pl_lost_unit *lost)
{
	struct pl_arena *arena = target->arena;
	struct pl_usage *usage = pl_target_usage(target);
	struct pl_lost_unit *list, *added;

	list = usage ? pl_arena_grow(arena, usage->lost, usage->n_lost, &usage->lost_capacity,
				     sizeof(*list))
		     : NULL;
	if (!list)
		return pl_error_no_memory();
	usage->lost = list;
	added = &list[usage->n_lost];
	PL_TRY(pl_text_set(arena, lost->file, &added->file));
	PL_TRY(pl_text_set(arena, lost->reason, &added->reason));
	usage->n_lost++;
	return NULL;
}

/* Whether RECORD lies on the host: it is the host, or an overlay. */
static bool is_mapped(const struct pl_target *target, const char *record)
{
	if (target->host && !strcmp(target->host, record))
		return true;
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, record))
			return true;
	return false;
}

bool pl_target_access_range(const struct pl_target *target, const struct pl_access *access,
			    struct pl_bit_range *ret)
{
	const struct pl_record *record = pl_target_record(target, access->record);
	const struct pl_record *host = target->host ? pl_target_record(target, target->host) : NULL;
	uint64_t offset = 0, size;

	if (!record || !host || !host->size || !is_mapped(target, access->record))
		return false;
	size = record->size;
	if (access->field && !pl_record_extent(record, access->field, &offset, &size))
		return false;
	*ret = (struct pl_bit_range){(size_t)(offset / host->size), offset % host->size, size};
	return true;
}
