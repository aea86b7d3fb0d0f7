/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "read/usage/usage_internal.h"
#include "support/version.h"

/* What all units have in common that their results depend on. */
static void put_common_key(const struct pl_usage_run *run, struct pl_strbuf *key)
{
	pl_wire_put_text(key, PL_VERSION);
	pl_wire_put_text(key, run->target->reader);
	pl_wire_put_text(key, run->roots.source);
	pl_wire_put_text(key, run->roots.build);
	pl_wire_put_text(key, run->plan.host);
	pl_strbuf_add_bytes(key, (const char *)run->plan.rules->digest.bytes, PL_DIGEST_SIZE);
	pl_wire_put(key, run->plan.plain);
	for (size_t i = 0; i < run->plan.n_records; i++)
		pl_wire_put_text(key, run->plan.records[i]);
}

static struct pl_error *make_keys(struct pl_usage_run *run)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf key = PL_STRBUF_INIT;
	size_t common;

	run->keys = pl_arena_array(run->arena, run->units.n, sizeof(*run->keys));
	if (!run->keys)
		return pl_error_no_memory();
	put_common_key(run, &key);
	common = key.length;
	for (size_t i = 0; i < run->units.n; i++) {
		const struct pl_code_unit *unit = &run->units.list[i];

		pl_strbuf_truncate(&key, common);
		pl_wire_put_text(&key, unit->file);
		for (size_t j = 0; j < unit->flags.n; j++)
			pl_wire_put_text(&key, unit->flags.items[j]);
		run->keys[i] = pl_digest(key.text, key.length);
	}
	run->all_key = pl_digest(run->keys, run->units.n * sizeof(*run->keys));
	return pl_strbuf_failed(&key) ? pl_error_no_memory() : NULL;
}

bool pl_usage_recall_unit(struct pl_usage_run *run, size_t unit)
{
	return pl_usage_cache_find(&run->cache, &run->keys[unit], &run->results[unit]);
}

static bool recall_idle(struct pl_usage_run *run)
{
	struct pl_gathered_unit all;

	if (!pl_usage_cache_find(&run->cache, &run->all_key, &all) || all.n_idle > run->units.n)
		return false;
	for (size_t i = 0; i < all.n_idle; i++) {
		if (all.idle[i] >= run->units.n)
			return false;
		run->idle[i] = all.idle[i];
	}
	run->n_idle = all.n_idle;
	return true;
}

/* All or nothing: which units need no parsing depends on what those that do have included. */
static bool recall_all(struct pl_usage_run *run, bool *is_idle)
{
	if (!run->request->plain && !recall_idle(run))
		return false;
	for (size_t i = 0; i < run->n_idle; i++)
		is_idle[run->idle[i]] = true;
	for (size_t i = 0; i < run->units.n; i++)
		if (!is_idle[i] && !pl_usage_recall_unit(run, i))
			return false;
	return true;
}

/*
 * Each slice of a build has a file of its own: those that are looked at at the
 * same time would put theirs in place of each other's.
 */
static struct pl_error *open_cache(struct pl_usage_run *run)
{
	const struct pl_usage_request *request = run->request;
	const char *build = run->kbuild.build;

	if (request->shards > 1)
		build = pl_arena_printf(run->arena, "%s %u/%u", build, request->shard,
					request->shards);
	return build ? pl_usage_cache_open(&run->cache, request->cache, build)
		     : pl_error_no_memory();
}

struct pl_error *pl_usage_recall(struct pl_usage_run *run)
{
	bool *is_idle = pl_arena_array(run->arena, run->units.n, sizeof(*is_idle));

	if (!is_idle)
		return pl_error_no_memory();
	PL_TRY(make_keys(run));
	run->cache = (struct pl_usage_cache){
		.arena = run->arena, .gathered = &run->gathered, .by_key = {.arena = run->arena}};
	if (run->request->cache)
		PL_TRY(open_cache(run));
	run->recalled = recall_all(run, is_idle);
	if (run->recalled)
		return NULL;
	memset(run->results, 0, run->units.n * sizeof(*run->results));
	run->n_idle = 0;
	for (size_t i = 0; i < run->units.n; i++)
		run->waiting[run->n_waiting++] = i;
	return NULL;
}

void pl_usage_recall_waiting(struct pl_usage_run *run)
{
	size_t kept = 0;

	for (size_t i = 0; i < run->n_waiting; i++)
		if (!pl_usage_recall_unit(run, run->waiting[i]))
			run->waiting[kept++] = run->waiting[i];
	run->n_waiting = kept;
}

static struct pl_error *add_inputs(struct pl_usage_run *run, struct pl_gathered_unit *all)
{
	const struct pl_words *read = &run->prefilter.read;

	all->inputs = pl_arena_array(run->arena, read->n, sizeof(*all->inputs));
	if (!all->inputs)
		return pl_error_no_memory();
	for (size_t i = 0; i < read->n; i++)
		PL_TRY(pl_gathered_input(&run->gathered, read->items[i],
					 &all->inputs[all->n_inputs++]));
	return NULL;
}

/* The units that need no parsing, as long as nothing changes that was looked at to tell. */
static struct pl_error *keep_idle(struct pl_usage_run *run)
{
	struct pl_gathered_unit all = {.done = true, .absent = run->prefilter.absent};

	all.idle = pl_arena_array(run->arena, run->n_idle, sizeof(*all.idle));
	if (!all.idle)
		return pl_error_no_memory();
	for (size_t i = 0; i < run->n_idle; i++)
		all.idle[all.n_idle++] = (uint32_t)run->idle[i];
	PL_TRY(add_inputs(run, &all));
	return pl_usage_cache_put(&run->cache, &run->all_key, &all);
}

/* Puts what is known of units into the cache; of how many, into *RET. */
static struct pl_error *put_results(struct pl_usage_run *run, size_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < run->units.n; i++) {
		const struct pl_gathered_unit *result = &run->results[i];

		if (!result->done && !result->lost)
			continue;
		(*ret)++;
		PL_TRY(pl_usage_cache_put(&run->cache, &run->keys[i], result));
	}
	return NULL;
}

struct pl_error *pl_usage_keep(struct pl_usage_run *run)
{
	size_t known;

	if (!run->cache.path || run->recalled)
		return NULL;
	PL_TRY(put_results(run, &known));
	if (known + run->n_idle == run->units.n && !run->request->plain)
		PL_TRY(keep_idle(run));
	return pl_usage_cache_save(&run->cache);
}

/* Keeping may take one part in so many of the time, and is done after so many ms at the earliest.
 */
enum { SHARE = 100, LEAST_MILLISECONDS = 500 };

static int64_t milliseconds_now(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct pl_error *pl_usage_keep_some(struct pl_usage_run *run)
{
	int64_t begin = milliseconds_now(), wait = LEAST_MILLISECONDS;
	struct pl_error *error = NULL;
	size_t known;

	if (!run->cache.path || (run->next_keep && begin < run->next_keep))
		return NULL;
	if (run->next_keep) {
		PL_TRY(put_results(run, &known));
		error = pl_usage_cache_save(&run->cache);
		wait += (milliseconds_now() - begin) * SHARE;
	}
	run->next_keep = milliseconds_now() + wait;
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	return NULL;
}
