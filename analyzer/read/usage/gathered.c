/* SPDX-License-Identifier: MIT */
#include "read/usage/gathered.h"

#include <string.h>

#include "read/usage/found.h"
#include "support/hash.h"

static struct pl_error *nonsense(void)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "what a worker has said makes no sense");
}

struct pl_error *pl_gathered_bundle(struct pl_gathered *gathered, const struct pl_digest *digest,
				    struct pl_bytes bytes, uint32_t *ret)
{
	uint64_t key = pl_digest_key(digest);
	struct pl_gathered_bundle *bundle = pl_idmap_get(&gathered->by_digest, key), **list;

	if (bundle) {
		*ret = bundle->index;
		return NULL;
	}
	if (!bytes.size)
		return nonsense();
	list = pl_arena_grow(gathered->arena, gathered->bundles, gathered->n_bundles,
			     &gathered->bundles_capacity, sizeof(*list));
	bundle = pl_arena_alloc(gathered->arena, sizeof(*bundle));
	if (!list || !bundle)
		return pl_error_no_memory();
	gathered->bundles = list;
	bundle->digest = *digest;
	bundle->bytes.size = bytes.size;
	bundle->bytes.data = (const unsigned char *)pl_arena_strndup(
		gathered->arena, (const char *)bytes.data, bytes.size);
	if (!bundle->bytes.data)
		return pl_error_no_memory();
	bundle->index = *ret = (uint32_t)gathered->n_bundles;
	list[gathered->n_bundles++] = bundle;
	return pl_idmap_put(&gathered->by_digest, key, bundle);
}

/* A file by its path. */
struct named {
	const char *path;
	uint32_t index;
	struct named *next; /* of those that share a hash */
};

static struct pl_error *add_input(struct pl_gathered *gathered, const char *path,
				  struct named **ret)
{
	const char **list = pl_arena_grow(gathered->arena, gathered->inputs, gathered->n_inputs,
					  &gathered->inputs_capacity, sizeof(*list));
	struct named *named = pl_arena_alloc(gathered->arena, sizeof(*named));

	if (!list || !named)
		return pl_error_no_memory();
	gathered->inputs = list;
	named->path = pl_arena_strdup(gathered->arena, path);
	if (!named->path)
		return pl_error_no_memory();
	named->index = (uint32_t)gathered->n_inputs;
	list[gathered->n_inputs++] = named->path;
	*ret = named;
	return NULL;
}

struct pl_error *pl_gathered_input(struct pl_gathered *gathered, const char *path, uint32_t *ret)
{
	uint64_t hash = pl_hash_text(path);
	struct named *first = pl_idmap_get(&gathered->by_path, hash), *named;

	for (named = first; named; named = named->next) {
		if (!strcmp(named->path, path)) {
			*ret = named->index;
			return NULL;
		}
	}
	PL_TRY(add_input(gathered, path, &named));
	*ret = named->index;
	if (!first)
		return pl_idmap_put(&gathered->by_path, hash, named);
	named->next = first->next;
	first->next = named;
	return NULL;
}

/* A list of COUNT numbers; no unit has more of anything than its result has bytes. */
static struct pl_error *make_list(struct pl_gathered *gathered, const struct pl_cursor *cursor,
				  uint64_t count, uint32_t **ret)
{
	if (cursor->failed || count > cursor->bytes.size)
		return nonsense();
	*ret = pl_arena_array(gathered->arena, (size_t)count, sizeof(**ret));
	return *ret ? NULL : pl_error_no_memory();
}

struct pl_error *pl_gathered_take_paths(struct pl_gathered *gathered, struct pl_cursor *cursor,
					struct pl_words *ret)
{
	uint64_t count = pl_wire_take(cursor);

	for (uint64_t i = 0; i < count && !cursor->failed; i++) {
		const char *path;

		PL_TRY(pl_wire_take_text(gathered->arena, cursor, &path));
		if (!path)
			return nonsense();
		PL_TRY(pl_words_add(gathered->arena, ret, path));
	}
	return cursor->failed ? nonsense() : NULL;
}

static struct pl_error *take_bundles(struct pl_gathered *gathered, struct pl_cursor *cursor,
				     struct pl_gathered_unit *unit)
{
	uint64_t count = pl_wire_take(cursor);

	PL_TRY(make_list(gathered, cursor, count, &unit->bundles));
	for (uint64_t i = 0; i < count; i++) {
		struct pl_bytes digest = pl_wire_take_bytes(cursor, PL_DIGEST_SIZE);
		struct pl_bytes bytes = pl_wire_take_bytes(cursor, pl_wire_take(cursor));
		struct pl_digest key;

		if (cursor->failed)
			return nonsense();
		memcpy(key.bytes, digest.data, PL_DIGEST_SIZE);
		PL_TRY(pl_gathered_bundle(gathered, &key, bytes, &unit->bundles[i]));
		unit->n_bundles++;
	}
	return NULL;
}

static struct pl_error *take_inputs(struct pl_gathered *gathered, struct pl_cursor *cursor,
				    struct pl_arena *scratch, struct pl_gathered_unit *unit)
{
	uint64_t count = pl_wire_take(cursor);

	PL_TRY(make_list(gathered, cursor, count, &unit->inputs));
	unit->direct = pl_arena_array(gathered->arena, (size_t)count, sizeof(*unit->direct));
	if (!unit->direct)
		return pl_error_no_memory();
	for (uint64_t i = 0; i < count; i++) {
		const char *path;

		unit->direct[i] = pl_wire_take(cursor);
		PL_TRY(pl_wire_take_text(scratch, cursor, &path));
		if (!path)
			return nonsense();
		PL_TRY(pl_gathered_input(gathered, path, &unit->inputs[i]));
		unit->n_inputs++;
	}
	return NULL;
}

struct pl_error *pl_gathered_take(struct pl_gathered *gathered, struct pl_cursor *cursor,
				  struct pl_gathered_unit *unit)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct pl_gathered_unit its = {0};

	if (!scratch)
		return pl_error_no_memory();
	its.precompiled = pl_wire_take(cursor);
	PL_TRY(pl_wire_take_text(gathered->arena, cursor, &its.lost));
	PL_TRY(pl_gathered_take_paths(gathered, cursor, &its.absent));
	PL_TRY(take_bundles(gathered, cursor, &its));
	PL_TRY(take_inputs(gathered, cursor, scratch, &its));
	its.done = !its.lost;
	*unit = its;
	return NULL;
}

static struct pl_error *join(struct pl_arena *arena, uint32_t **list, size_t *count,
			     const uint32_t *more, size_t n)
{
	uint32_t *joined = pl_arena_array(arena, *count + n, sizeof(*joined));

	if (!joined)
		return pl_error_no_memory();
	if (*count)
		memcpy(joined, *list, *count * sizeof(*joined));
	if (n)
		memcpy(joined + *count, more, n * sizeof(*joined));
	*list = joined;
	*count += n;
	return NULL;
}

struct pl_error *pl_gathered_add(struct pl_gathered *gathered, struct pl_gathered_unit *unit,
				 const struct pl_gathered_unit *common)
{
	PL_TRY(join(gathered->arena, &unit->bundles, &unit->n_bundles, common->bundles,
		    common->n_bundles));
	unit->direct = NULL;
	return join(gathered->arena, &unit->inputs, &unit->n_inputs, common->inputs,
		    common->n_inputs);
}

void pl_gathered_want(struct pl_gathered *gathered, const struct pl_gathered_unit *unit)
{
	for (size_t i = 0; i < unit->n_bundles; i++)
		gathered->bundles[unit->bundles[i]]->wanted = true;
}

/* Adds to TARGET what BUNDLE says; what is read of it lives in ARENA. */
static struct pl_error *hand_over(const struct pl_gathered_bundle *bundle, struct pl_arena *arena,
				  struct pl_target *target)
{
	struct pl_cursor cursor = pl_cursor_init(bundle->bytes, false);
	struct pl_found found = {.arena = arena};

	PL_TRY(pl_found_take(&cursor, &found));
	for (size_t i = 0; i < found.n_accesses; i++)
		PL_TRY(pl_target_add_access(target, &found.accesses[i]));
	for (size_t i = 0; i < found.n_casts; i++)
		PL_TRY(pl_target_add_cast(target, &found.casts[i]));
	return NULL;
}

struct pl_error *pl_gathered_finish(const struct pl_gathered *gathered, struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct pl_usage *usage = pl_target_usage(target);

	if (!scratch || !usage)
		return pl_error_no_memory();
	for (size_t i = 0; i < gathered->n_bundles; i++)
		if (gathered->bundles[i]->wanted)
			PL_TRY(hand_over(gathered->bundles[i], scratch, target));
	pl_usage_combine(usage);
	return NULL;
}
