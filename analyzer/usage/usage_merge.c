/* SPDX-License-Identifier: MIT */
#include "usage/usage_merge.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_field(const struct pl_field *a, const struct pl_field *b)
{
	return !strcmp(a->path, b->path) && a->offset == b->offset && a->size == b->size;
}

static bool same_record(const struct pl_record *a, const struct pl_record *b)
{
	if (strcmp(a->name, b->name) || a->size != b->size || a->n_fields != b->n_fields)
		return false;
	for (size_t i = 0; i < a->n_fields; i++)
		if (!same_field(&a->fields[i], &b->fields[i]))
			return false;
	return true;
}

/* The name of a record that the two do not lay out alike, or NULL. */
static const char *other_layout(const struct pl_target *a, const struct pl_target *b)
{
	for (size_t i = 0; i < a->n_records; i++) {
		const struct pl_record *its = pl_target_record(b, a->records[i]->name);

		if (!its || !same_record(a->records[i], its))
			return a->records[i]->name;
	}
	for (size_t i = 0; i < b->n_records; i++)
		if (!pl_target_record(a, b->records[i]->name))
			return b->records[i]->name;
	return NULL;
}

static struct pl_error *check_same(const struct pl_target *into, const struct pl_target *other)
{
	const char *record = other_layout(into, other);
	const char *what =
		strcmp(into->name, other->name)				     ? "names"
		: !same_text(into->arch, other->arch)			     ? "architectures"
		: !same_text(into->release, other->release)		     ? "releases"
		: !same_text(into->config_digest, other->config_digest)	     ? "configurations"
		: into->bits != other->bits || into->endian != other->endian ? "kinds of words"
									     : NULL;

	if (what)
		return pl_error_new(PL_ERROR_USAGE,
				    "%s: these are no shards of one scan: their "
				    "%s differ",
				    into->name, what);
	if (record)
		return pl_error_new(PL_ERROR_USAGE,
				    "%s: these are no shards of one scan: they lay "
				    "out %s differently",
				    into->name, record);
	return NULL;
}

/* PLACES has one entry for every shard. */
static struct pl_error *note_shard(const struct pl_target *into, const struct pl_target *shard,
				   bool *places)
{
	const struct pl_usage *usage = shard->usage;

	if (usage->shards != into->usage->shards)
		return pl_error_new(PL_ERROR_USAGE,
				    "%s: a shard of %u and one of %u are not of one "
				    "scan",
				    into->name, into->usage->shards, usage->shards);
	if (!usage->shard || usage->shard > usage->shards)
		return pl_error_new(PL_ERROR_USAGE, "%s: there is no shard %u of %u", into->name,
				    usage->shard, usage->shards);
	if (places[usage->shard - 1])
		return pl_error_new(PL_ERROR_USAGE, "%s: shard %u of %u is there twice", into->name,
				    usage->shard, usage->shards);
	places[usage->shard - 1] = true;
	return NULL;
}

static struct pl_error *check_shards(const struct pl_target *into,
				     const struct pl_target *const *others, size_t count)
{
	bool *places;

	if (count + 1 < into->usage->shards)
		return pl_error_new(PL_ERROR_USAGE, "%s: there are %zu of %u shards", into->name,
				    count + 1, into->usage->shards);
	places = pl_arena_array(into->arena, (size_t)into->usage->shards + 1, sizeof(*places));
	if (!places)
		return pl_error_no_memory();
	PL_TRY(note_shard(into, into, places));
	for (size_t i = 0; i < count; i++)
		PL_TRY(note_shard(into, others[i], places));
	return NULL;
}

static struct pl_error *take(struct pl_target *into, const struct pl_usage *usage)
{
	struct pl_usage *whole = into->usage;

	for (size_t i = 0; i < usage->n_accesses; i++)
		PL_TRY(pl_target_add_access(into, &usage->accesses[i]));
	for (size_t i = 0; i < usage->n_casts; i++)
		PL_TRY(pl_target_add_cast(into, &usage->casts[i]));
	for (size_t i = 0; i < usage->n_lost; i++)
		PL_TRY(pl_target_add_lost(into, &usage->lost[i]));
	whole->units += usage->units;
	whole->read += usage->read;
	whole->skipped += usage->skipped;
	return NULL;
}

struct pl_error *pl_usage_copy(struct pl_target *target, const struct pl_target *from)
{
	target->usage = NULL;
	if (!pl_target_usage(target))
		return pl_error_no_memory();
	target->usage->shard = from->usage->shard;
	target->usage->shards = from->usage->shards;
	return take(target, from->usage);
}

struct pl_error *pl_usage_merge(struct pl_target *into, const struct pl_target *const *others,
				size_t count)
{
	if (!into->usage)
		return pl_error_new(PL_ERROR_USAGE, "%s: its code was not looked at", into->name);
	for (size_t i = 0; i < count; i++) {
		if (!others[i]->usage)
			return pl_error_new(PL_ERROR_USAGE,
					    "%s: the code of one of them was not looked at",
					    into->name);
		PL_TRY(check_same(into, others[i]));
	}
	PL_TRY(check_shards(into, others, count));
	for (size_t i = 0; i < count; i++)
		PL_TRY(take(into, others[i]->usage));
	pl_usage_combine(into->usage);
	into->usage->shard = into->usage->shards = 1;
	return NULL;
}
