/* SPDX-License-Identifier: MIT */
#include "read/usage/cache_file.h"

#include <string.h>

static struct pl_error *nonsense(void)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "it makes no sense");
}

/* A count that the bytes which follow can hold. */
static struct pl_error *take_count(struct pl_cursor *cursor, size_t *ret)
{
	uint64_t count = pl_wire_take(cursor);

	if (cursor->failed || count > cursor->bytes.size - cursor->position)
		return nonsense();
	*ret = (size_t)count;
	return NULL;
}

static struct pl_error *take_digest(struct pl_cursor *cursor, struct pl_digest *ret)
{
	struct pl_bytes bytes = pl_wire_take_bytes(cursor, PL_DIGEST_SIZE);

	if (cursor->failed)
		return nonsense();
	memcpy(ret->bytes, bytes.data, PL_DIGEST_SIZE);
	return NULL;
}

static struct pl_error *take_inputs(struct pl_usage_cache *cache, struct pl_cursor *cursor)
{
	size_t count = 0;

	PL_TRY(take_count(cursor, &count));
	cache->states = pl_arena_array(cache->arena, count, sizeof(*cache->states));
	if (!cache->states)
		return pl_error_no_memory();
	cache->states_capacity = count;
	for (size_t i = 0; i < count; i++) {
		const char *path;
		uint32_t index;

		PL_TRY(pl_wire_take_text(cache->arena, cursor, &path));
		pl_input_take(cursor, &cache->states[i]);
		if (cursor->failed || !path)
			return nonsense();
		PL_TRY(pl_gathered_input(cache->gathered, path, &index));
		if (index != i)
			return nonsense();
		cache->n_states++;
	}
	return NULL;
}

static struct pl_error *take_bundles(struct pl_usage_cache *cache, struct pl_cursor *cursor)
{
	size_t count = 0;

	PL_TRY(take_count(cursor, &count));
	for (size_t i = 0; i < count; i++) {
		struct pl_digest digest;
		struct pl_bytes bytes;
		uint32_t index;

		PL_TRY(take_digest(cursor, &digest));
		bytes = pl_wire_take_bytes(cursor, pl_wire_take(cursor));
		if (cursor->failed)
			return nonsense();
		PL_TRY(pl_gathered_bundle(cache->gathered, &digest, bytes, &index));
		if (index != i)
			return nonsense();
	}
	return NULL;
}

/* Numbers below LIMIT. */
static struct pl_error *take_numbers(struct pl_usage_cache *cache, struct pl_cursor *cursor,
				     size_t limit, uint32_t **list, size_t *count)
{
	PL_TRY(take_count(cursor, count));
	*list = pl_arena_array(cache->arena, *count, sizeof(**list));
	if (!*list)
		return pl_error_no_memory();
	for (size_t i = 0; i < *count; i++) {
		uint64_t number = pl_wire_take(cursor);

		if (cursor->failed || number >= limit)
			return nonsense();
		(*list)[i] = (uint32_t)number;
	}
	return NULL;
}

static struct pl_error *take_unit(struct pl_usage_cache *cache, struct pl_cursor *cursor)
{
	struct pl_gathered_unit unit = {0};
	struct pl_digest key;
	uint64_t age;

	PL_TRY(take_digest(cursor, &key));
	age = pl_wire_take(cursor);
	PL_TRY(pl_wire_take_text(cache->arena, cursor, &unit.lost));
	unit.done = !unit.lost;
	PL_TRY(pl_gathered_take_paths(cache->gathered, cursor, &unit.absent));
	PL_TRY(take_numbers(cache, cursor, UINT32_MAX, &unit.idle, &unit.n_idle));
	PL_TRY(take_numbers(cache, cursor, cache->gathered->n_bundles, &unit.bundles,
			    &unit.n_bundles));
	PL_TRY(take_numbers(cache, cursor, cache->gathered->n_inputs, &unit.inputs,
			    &unit.n_inputs));
	PL_TRY(pl_usage_cache_put(cache, &key, &unit));
	if (cache->n_units)
		cache->units[cache->n_units - 1]->age = (unsigned)age + 1;
	return NULL;
}

/* A file that was cut short, or that something else has written to. */
static struct pl_error *check_digest(struct pl_cursor *cursor)
{
	struct pl_digest said, is;

	PL_TRY(take_digest(cursor, &said));
	is = pl_digest(cursor->bytes.data + cursor->position,
		       cursor->bytes.size - cursor->position);
	return pl_digest_equal(&said, &is) ? NULL : nonsense();
}

struct pl_error *pl_cache_file_take(struct pl_usage_cache *cache, struct pl_bytes bytes)
{
	struct pl_cursor cursor = pl_cursor_init(bytes, false);
	struct pl_bytes magic = pl_wire_take_bytes(&cursor, strlen(PL_CACHE_MAGIC));
	size_t count = 0;

	if (cursor.failed || memcmp(magic.data, PL_CACHE_MAGIC, strlen(PL_CACHE_MAGIC)))
		return nonsense();
	PL_TRY(check_digest(&cursor));
	PL_TRY(take_inputs(cache, &cursor));
	PL_TRY(take_bundles(cache, &cursor));
	PL_TRY(take_count(&cursor, &count));
	for (size_t i = 0; i < count; i++)
		PL_TRY(take_unit(cache, &cursor));
	return NULL;
}
