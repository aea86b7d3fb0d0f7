/* SPDX-License-Identifier: MIT */
#include "read/report/report_usage.h"

#include "read/report/report_value.h"

/* Far more than any kernel has: some 3000 accesses in some 10000 units. */
enum { MAX_USES = 1 << 20, MAX_UNITS = 1 << 24, MAX_SHARDS = 1 << 16 };

static struct pl_error *read_access(json_t *object, struct pl_target *target)
{
	struct pl_arena *arena = target->arena;
	struct pl_access access = {0};
	const char *kind;

	PL_TRY(pl_value_spot(object, arena, &access.spot));
	PL_TRY(pl_value_text(object, "record", arena, &access.record));
	PL_TRY(pl_value_optional_text(object, "field", arena, &access.field));
	PL_TRY(pl_value_text(object, "kind", arena, &kind));
	if (!pl_access_kind_parse(kind, &access.kind))
		return pl_error_new(PL_ERROR_UNREADABLE, "kind: \"%s\" is not known", kind);
	PL_TRY(pl_value_optional_text(object, "callee", arena, &access.callee));
	PL_TRY(pl_value_optional_text(object, "bits", arena, &access.bits));
	return pl_target_add_access(target, &access);
}

static struct pl_error *read_cast(json_t *object, struct pl_target *target)
{
	struct pl_arena *arena = target->arena;
	struct pl_cast cast = {0};

	PL_TRY(pl_value_spot(object, arena, &cast.spot));
	PL_TRY(pl_value_text(object, "from", arena, &cast.from));
	PL_TRY(pl_value_text(object, "to", arena, &cast.to));
	return pl_target_add_cast(target, &cast);
}

static struct pl_error *read_lost(json_t *object, struct pl_target *target)
{
	struct pl_lost_unit lost = {0};

	PL_TRY(pl_value_text(object, "file", target->arena, &lost.file));
	PL_TRY(pl_value_text(object, "reason", target->arena, &lost.reason));
	return pl_target_add_lost(target, &lost);
}

static struct pl_error *read_each(json_t *object, const char *key, struct pl_target *target,
				  struct pl_error *(*read)(json_t *, struct pl_target *))
{
	json_t *array;

	PL_TRY(pl_value_array(object, key, &array));
	if (json_array_size(array) > MAX_USES)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: more than %d", key, MAX_USES);
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_error *error = read(json_array_get(array, i), target);

		if (error)
			return pl_value_in(error, key, i);
	}
	return NULL;
}

static struct pl_error *read_counts(json_t *scan, struct pl_usage *usage)
{
	uint64_t units, read, skipped, shard, shards;

	PL_TRY(pl_value_number(scan, "units", MAX_UNITS, &units));
	PL_TRY(pl_value_number(scan, "read", units, &read));
	PL_TRY(pl_value_number(scan, "skipped", units - read, &skipped));
	PL_TRY(pl_value_number(scan, "shards", MAX_SHARDS, &shards));
	PL_TRY(pl_value_number(scan, "shard", shards, &shard));
	if (!shard)
		return pl_error_new(PL_ERROR_UNREADABLE, "shard: expected at least 1");
	*usage = (struct pl_usage){.units = (size_t)units,
				   .read = (size_t)read,
				   .skipped = (size_t)skipped,
				   .shard = (unsigned)shard,
				   .shards = (unsigned)shards};
	return NULL;
}

static struct pl_error *read_scan(json_t *scan, struct pl_target *target)
{
	if (!json_is_object(scan))
		return pl_error_new(PL_ERROR_UNREADABLE, "expected an object");
	PL_TRY(read_counts(scan, target->usage));
	return read_each(scan, "lost", target, read_lost);
}

static bool is_there(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return value && !json_is_null(value);
}

struct pl_error *pl_report_read_usage(json_t *object, struct pl_target *target)
{
	struct pl_error *error;

	if (!is_there(object, "usage")) {
		if (is_there(object, "accesses") || is_there(object, "casts"))
			return pl_error_new(PL_ERROR_UNREADABLE,
					    "accesses, casts: there is no usage with them");
		return NULL;
	}
	if (!pl_target_usage(target))
		return pl_error_no_memory();
	error = read_scan(json_object_get(object, "usage"), target);
	if (error)
		return pl_error_prefix(error, "usage");
	PL_TRY(read_each(object, "accesses", target, read_access));
	PL_TRY(read_each(object, "casts", target, read_cast));
	pl_usage_sort(target->usage);
	return NULL;
}
