/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "read/usage/cache_file.h"

/* What is written: new numbers for the bundles and inputs that some unit has. */
struct saving {
	struct pl_usage_cache *cache;
	struct pl_arena *arena; /* what is needed while it is written */
	struct pl_strbuf text;
	uint32_t *bundles, *inputs; /* by old numbers; UNUSED: no unit has it */
};

static const uint32_t UNUSED = UINT32_MAX;

/* Runs after which a result that none of them has asked for is dropped. */
enum { MAX_AGE = 16 };

static bool is_kept(const struct saving *saving, const struct pl_cached_unit *unit)
{
	if (unit->age > MAX_AGE)
		return false;
	for (size_t i = 0; i < unit->unit.n_inputs; i++) {
		const struct pl_input_state *state = &saving->cache->states[unit->unit.inputs[i]];

		/* It may have changed while it was read; or nobody has read it again. */
		if (!state->known || (unit->age && state->renewed))
			return false;
	}
	return true;
}

static struct pl_error *add_state(struct pl_usage_cache *cache)
{
	struct pl_input_state *list = pl_arena_grow(cache->arena, cache->states, cache->n_states,
						    &cache->states_capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	cache->states = list;
	list[cache->n_states++] = (struct pl_input_state){0};
	return NULL;
}

static struct pl_error *look_at_inputs(struct pl_usage_cache *cache)
{
	for (size_t i = 0; i < cache->gathered->n_inputs; i++) {
		const char *path = cache->gathered->inputs[i];

		if (i == cache->n_states)
			PL_TRY(add_state(cache));
		if (!pl_input_is_same(path, &cache->states[i]))
			(void)pl_input_look(path, cache->began, &cache->states[i]);
	}
	return NULL;
}

static size_t number_used(uint32_t *numbers, size_t count)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
		if (numbers[i] != UNUSED)
			numbers[i] = (uint32_t)used++;
	return used;
}

static size_t mark_used(struct saving *saving)
{
	const struct pl_usage_cache *cache = saving->cache;
	size_t kept = 0;

	memset(saving->bundles, 0xff, cache->gathered->n_bundles * sizeof(*saving->bundles));
	memset(saving->inputs, 0xff, cache->gathered->n_inputs * sizeof(*saving->inputs));
	for (size_t i = 0; i < cache->n_units; i++) {
		const struct pl_gathered_unit *unit = &cache->units[i]->unit;

		if (!is_kept(saving, cache->units[i]))
			continue;
		kept++;
		for (size_t j = 0; j < unit->n_bundles; j++)
			saving->bundles[unit->bundles[j]] = 0;
		for (size_t j = 0; j < unit->n_inputs; j++)
			saving->inputs[unit->inputs[j]] = 0;
	}
	return kept;
}

static void put_tables(struct saving *saving)
{
	const struct pl_usage_cache *cache = saving->cache;
	const struct pl_gathered *gathered = cache->gathered;

	pl_wire_put(&saving->text, number_used(saving->inputs, gathered->n_inputs));
	for (size_t i = 0; i < gathered->n_inputs; i++) {
		if (saving->inputs[i] == UNUSED)
			continue;
		pl_wire_put_text(&saving->text, gathered->inputs[i]);
		pl_input_put(&cache->states[i], &saving->text);
	}
	pl_wire_put(&saving->text, number_used(saving->bundles, gathered->n_bundles));
	for (size_t i = 0; i < gathered->n_bundles; i++) {
		const struct pl_gathered_bundle *bundle = gathered->bundles[i];

		if (saving->bundles[i] == UNUSED)
			continue;
		pl_strbuf_add_bytes(&saving->text, (const char *)bundle->digest.bytes,
				    PL_DIGEST_SIZE);
		pl_wire_put(&saving->text, bundle->bytes.size);
		pl_strbuf_add_bytes(&saving->text, (const char *)bundle->bytes.data,
				    bundle->bytes.size);
	}
}

static void put_unit(struct saving *saving, const struct pl_cached_unit *cached)
{
	const struct pl_gathered_unit *unit = &cached->unit;

	pl_strbuf_add_bytes(&saving->text, (const char *)cached->key.bytes, PL_DIGEST_SIZE);
	pl_wire_put(&saving->text, cached->age);
	pl_wire_put_text(&saving->text, unit->lost);
	pl_wire_put(&saving->text, unit->absent.n);
	for (size_t i = 0; i < unit->absent.n; i++)
		pl_wire_put_text(&saving->text, unit->absent.items[i]);
	pl_wire_put(&saving->text, unit->n_idle);
	for (size_t i = 0; i < unit->n_idle; i++)
		pl_wire_put(&saving->text, unit->idle[i]);
	pl_wire_put(&saving->text, unit->n_bundles);
	for (size_t i = 0; i < unit->n_bundles; i++)
		pl_wire_put(&saving->text, saving->bundles[unit->bundles[i]]);
	pl_wire_put(&saving->text, unit->n_inputs);
	for (size_t i = 0; i < unit->n_inputs; i++)
		pl_wire_put(&saving->text, saving->inputs[unit->inputs[i]]);
}

static struct pl_error *put_all(struct saving *saving)
{
	const struct pl_usage_cache *cache = saving->cache;
	struct pl_arena *arena = saving->arena;
	size_t kept;

	if (!arena)
		return pl_error_no_memory();
	saving->bundles =
		pl_arena_array(arena, cache->gathered->n_bundles, sizeof(*saving->bundles));
	saving->inputs = pl_arena_array(arena, cache->gathered->n_inputs, sizeof(*saving->inputs));
	if (!saving->bundles || !saving->inputs)
		return pl_error_no_memory();
	PL_TRY(look_at_inputs(saving->cache));
	kept = mark_used(saving);
	put_tables(saving);
	pl_wire_put(&saving->text, kept);
	for (size_t i = 0; i < cache->n_units; i++)
		if (is_kept(saving, cache->units[i]))
			put_unit(saving, cache->units[i]);
	return pl_strbuf_failed(&saving->text) ? pl_error_no_memory() : NULL;
}

/* The digest of all that follows says that the file is whole, and nobody else's. */
static bool write_all(FILE *file, const struct pl_strbuf *text)
{
	const struct pl_digest digest = pl_digest(text->text, text->length);

	return fwrite(PL_CACHE_MAGIC, strlen(PL_CACHE_MAGIC), 1, file) &&
	       fwrite(digest.bytes, PL_DIGEST_SIZE, 1, file) &&
	       fwrite(text->text, 1, text->length, file) == text->length;
}

/* Beside the file, and then in its place: another run sees the old one or the new one. */
static struct pl_error *write_file(const struct pl_usage_cache *cache, const struct pl_strbuf *text)
{
	const char *beside = pl_arena_printf(cache->arena, "%s.%ld", cache->path, (long)getpid());
	FILE *file = beside ? fopen(beside, "wbe") : NULL;
	bool written;
	int cause;

	if (!beside)
		return pl_error_no_memory();
	written = file && write_all(file, text);
	cause = errno;
	if (file && fclose(file) && written) {
		written = false;
		cause = errno;
	}
	if (written && !rename(beside, cache->path))
		return NULL;
	cause = written ? errno : cause;
	(void)unlink(beside);
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: results cannot be kept: %s", cache->path,
			    strerror(cause));
}

struct pl_error *pl_usage_cache_save(struct pl_usage_cache *cache)
{
	struct saving saving = {.cache = cache, .arena = pl_arena_new(), .text = PL_STRBUF_INIT};
	struct pl_error *error = put_all(&saving);

	if (!error)
		error = write_file(cache, &saving.text);
	pl_strbuf_release(&saving.text);
	pl_arena_free(saving.arena);
	return error;
}
