/* SPDX-License-Identifier: MIT */
#include "map/map.h"

#include <string.h>

#include "map/map_internal.h"
#include "model/extent.h"
#include "support/text.h"

/* 1 MiB, larger than any record of a kernel's that says what its bytes are for. */
#define MAX_RECORD_BITS ((uint64_t)8 << 20)

/* What a row costs in a table, in looks at a member. */
enum { COLUMN_EFFORT = 64 };

static struct pl_error *check_size(const struct pl_target *target, const struct pl_record *record)
{
	if (record->size && record->size % 8 == 0 && record->size <= MAX_RECORD_BITS)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s %s has a size of %ju bits",
			    target->source.path, record->is_union ? "union" : "struct",
			    record->name, (uintmax_t)record->size);
}

static size_t pages_covered(const struct pl_record *host, const struct pl_record *record,
			    size_t most)
{
	uint64_t pages = (record->size + host->size - 1) / host->size;

	return pages < most ? (size_t)pages : most;
}

/* Adds a copy of WANTED to what the target is asked for, unless it is there. */
static struct pl_error *want(struct pl_target *target, const struct pl_wanted_overlay *wanted)
{
	struct pl_wanted_overlay *copy = &target->wanted[target->n_wanted];

	if (pl_target_wants(target, wanted->name))
		return NULL;
	copy->pages = wanted->pages;
	copy->name = pl_text_copy(target->arena, wanted->name);
	target->n_wanted++;
	return copy->name ? NULL : pl_error_no_memory();
}

/* What is discovered is wanted as long as it is there. */
static struct pl_error *copy_request(struct pl_target *target, const char *host,
				     const struct pl_wanted_overlay *wanted, size_t count)
{
	size_t most = count + target->n_discovered;

	target->host = pl_arena_strdup(target->arena, host);
	target->wanted = pl_arena_array(target->arena, most, sizeof(*target->wanted));
	target->overlays = pl_arena_array(target->arena, most, sizeof(*target->overlays));
	target->absent = pl_arena_array(target->arena, most, sizeof(*target->absent));
	if (!target->host || !target->wanted || !target->overlays || !target->absent)
		return pl_error_no_memory();
	/* A target may be mapped again. */
	target->n_wanted = target->n_overlays = target->n_absent = 0;
	target->n_byte_map = target->n_host_unused = 0;
	for (size_t i = 0; i < count; i++)
		PL_TRY(want(target, &wanted[i]));
	for (size_t i = 0; i < target->n_discovered; i++)
		if (pl_target_record(target, target->discovered[i].name))
			PL_TRY(want(target, &target->discovered[i]));
	return NULL;
}

static bool is_discovered(const struct pl_target *target, const char *name)
{
	for (size_t i = 0; i < target->n_discovered; i++)
		if (!strcmp(target->discovered[i].name, name))
			return true;
	return false;
}

static struct pl_error *map_overlay(struct pl_target *target, const struct pl_record *host,
				    const struct pl_record *record, size_t most, size_t *budget)
{
	struct pl_overlay *overlay = &target->overlays[target->n_overlays];

	overlay->record = record;
	overlay->pages = pages_covered(host, record, most);
	overlay->discovered = is_discovered(target, record->name);
	PL_TRY(pl_map_touches(target->arena, host, overlay, budget));
	pl_map_pins(target, overlay);
	PL_TRY(pl_map_unused(target->arena, host, overlay));
	target->n_overlays++;
	return NULL;
}

/* Rows of the byte map: one per word, and where members begin or end. */
static uint64_t most_rows(const struct pl_record *host, uint64_t n_members, size_t pages)
{
	uint64_t bytes = host->size / 8, edges = 2 * n_members;

	return pages * (bytes / sizeof(uint64_t) + 1 + (edges < bytes ? edges : bytes));
}

static uint64_t index_effort(const struct pl_target *target)
{
	uint64_t effort = 0;

	for (size_t i = 0; i < target->n_records; i++)
		effort += pl_record_index_effort(target->records[i]);
	return effort;
}

/* Fills target->map_effort, of HOST and what of it is wanted. */
static struct pl_error *check_effort(struct pl_target *target, const struct pl_record *host)
{
	uint64_t n_members = host->n_fields, n_columns = 1, n_looks;
	size_t pages = 1;

	for (size_t i = 0; i < target->n_wanted; i++) {
		const struct pl_wanted_overlay *each = &target->wanted[i];
		const struct pl_record *record = pl_target_record(target, each->name);

		if (!record)
			continue;
		PL_TRY(check_size(target, record));
		if (pages_covered(host, record, each->pages) > pages)
			pages = pages_covered(host, record, each->pages);
		n_members += record->n_fields;
		n_columns++;
	}
	n_looks = n_members + n_columns * COLUMN_EFFORT + target->n_findings +
		  (target->usage ? target->usage->n_accesses : 0);
	target->map_effort = n_members * n_members + most_rows(host, n_members, pages) * n_looks +
			     index_effort(target);
	if (target->map_effort > PL_MAP_EFFORT)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: %s and its overlays are too large to be mapped",
				    target->source.path, host->name);
	return NULL;
}

static struct pl_error *map_all(struct pl_target *target, const struct pl_record *host)
{
	size_t budget = PL_MAP_LIMIT;

	for (size_t i = 0; i < target->n_wanted; i++) {
		const struct pl_wanted_overlay *each = &target->wanted[i];
		const struct pl_record *record = pl_target_record(target, each->name);

		if (record)
			PL_TRY(map_overlay(target, host, record, each->pages, &budget));
		else
			target->absent[target->n_absent++] = each->name;
	}
	PL_TRY(pl_map_bytes(target, host));
	return pl_map_idle(target);
}

struct pl_error *pl_map_target(struct pl_target *target, const char *host_name,
			       const struct pl_wanted_overlay *wanted, size_t count)
{
	const struct pl_record *host = pl_target_record(target, host_name);
	struct pl_error *error;

	if (!host)
		return pl_error_new(PL_ERROR_MISSING, "%s: there is no struct or union %s in it",
				    target->source.path, host_name);
	PL_TRY(check_size(target, host));
	PL_TRY(copy_request(target, host_name, wanted, count));
	PL_TRY(check_effort(target, host));
	for (size_t i = 0; i < target->n_records; i++)
		PL_TRY(pl_record_index(target->records[i], target->arena));
	error = map_all(target, host);
	return error ? pl_error_prefix(error, "%s", target->source.path) : NULL;
}
