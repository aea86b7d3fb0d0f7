/* SPDX-License-Identifier: MIT */
#include "read/usage/usage_scan.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/headers/clang_unit.h"
#include "read/kbuild/kbuild.h"
#include "read/units/units.h"
#include "read/usage/cache.h"
#include "read/usage/scanner.h"
#include "support/pool.h"
#include "support/version.h"

/* What workers may take; the largest units need 10 s and 400 MB. */
enum { UNIT_SECONDS = 120, UNIT_OUTPUT = 64 << 20, BATCH = 16 };
#define WORKER_MEMORY ((size_t)4 << 30)
#define WORKER_RESIDENT ((size_t)450 << 20)

struct usage {
	const struct pl_usage_request *request;
	struct pl_target *target;
	struct pl_arena *arena;
	struct pl_kbuild kbuild;
	struct pl_roots roots;
	struct pl_code_units units;
	struct pl_scan_plan plan;
	struct pl_scanner *scanner; /* of a worker; NULL in the parent */
	struct pl_gathered gathered;
	struct pl_usage_cache cache;
	struct pl_digest *keys;		  /* one per unit */
	struct pl_gathered_unit *results; /* one per unit */
	size_t *waiting;		  /* the units to scan */
	size_t n_waiting, n_done;
};

static struct pl_error *make_plan(struct usage *usage)
{
	const struct pl_target *target = usage->target;
	const char **records = pl_arena_array(usage->arena, target->n_records, sizeof(*records));

	if (!records)
		return pl_error_no_memory();
	for (size_t i = 0; i < target->n_records; i++)
		records[i] = target->records[i]->name;
	usage->roots = (struct pl_roots){usage->kbuild.source, usage->kbuild.build};
	usage->plan = (struct pl_scan_plan){
		.roots = &usage->roots,
		.rules = usage->request->rules,
		.host = usage->request->host,
		.records = records,
		.n_records = target->n_records,
		.plain = usage->request->plain,
	};
	return NULL;
}

static struct pl_error *list_units(struct usage *usage)
{
	const struct pl_usage_request *request = usage->request;

	PL_TRY(pl_kbuild_open(usage->arena, request->path, request->source_tree, NULL,
			      request->recipe, &usage->kbuild));
	PL_TRY(pl_units_find(usage->arena, &usage->kbuild, request->recipe, request->make_log,
			     &usage->units));
	pl_units_keep_shard(&usage->units, request->shard, request->shards);
	usage->results = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->results));
	usage->waiting = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->waiting));
	usage->keys = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->keys));
	return usage->results && usage->waiting && usage->keys ? NULL : pl_error_no_memory();
}

/* What all units have in common that their results depend on. */
static void put_common_key(const struct usage *usage, struct pl_strbuf *key)
{
	pl_wire_put_text(key, PL_VERSION);
	pl_wire_put_text(key, usage->target->reader);
	pl_wire_put_text(key, usage->roots.source);
	pl_wire_put_text(key, usage->roots.build);
	pl_wire_put_text(key, usage->plan.host);
	pl_strbuf_add_bytes(key, (const char *)usage->plan.rules->digest.bytes, PL_DIGEST_SIZE);
	pl_wire_put(key, usage->plan.plain);
	for (size_t i = 0; i < usage->plan.n_records; i++)
		pl_wire_put_text(key, usage->plan.records[i]);
}

static struct pl_error *make_keys(struct usage *usage)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf key = PL_STRBUF_INIT;
	size_t common;

	put_common_key(usage, &key);
	common = key.length;
	for (size_t i = 0; i < usage->units.n; i++) {
		const struct pl_code_unit *unit = &usage->units.list[i];

		pl_strbuf_truncate(&key, common);
		pl_wire_put_text(&key, unit->file);
		for (size_t j = 0; j < unit->flags.n; j++)
			pl_wire_put_text(&key, unit->flags.items[j]);
		usage->keys[i] = pl_digest(key.text, key.length);
	}
	return pl_strbuf_failed(&key) ? pl_error_no_memory() : NULL;
}

/* What an earlier run knows need not be found out again. */
static struct pl_error *look_into_cache(struct usage *usage)
{
	struct pl_usage_cache *cache = &usage->cache;

	*cache = (struct pl_usage_cache){.arena = usage->arena,
					 .gathered = &usage->gathered,
					 .by_key = {.arena = usage->arena}};
	if (usage->request->cache)
		PL_TRY(pl_usage_cache_open(cache, usage->request->cache, usage->kbuild.build));
	for (size_t i = 0; i < usage->units.n; i++)
		if (!pl_usage_cache_find(cache, &usage->keys[i], &usage->results[i]))
			usage->waiting[usage->n_waiting++] = i;
	return NULL;
}

static struct pl_error *save_cache(struct usage *usage)
{
	if (!usage->cache.path || !usage->n_waiting)
		return NULL;
	for (size_t i = 0; i < usage->units.n; i++)
		if (usage->results[i].done)
			PL_TRY(pl_usage_cache_put(&usage->cache, &usage->keys[i],
						  &usage->results[i]));
	return pl_usage_cache_save(&usage->cache);
}

/* In a worker: its first unit makes the scanner, which then stays as long as the worker does. */
static struct pl_error *scan(void *context, size_t index, struct pl_strbuf *output)
{
	struct usage *usage = context;
	const struct pl_code_unit *unit = &usage->units.list[usage->waiting[index]];

	if (!usage->scanner)
		PL_TRY(pl_scanner_new(&usage->plan, &usage->scanner));
	return pl_scanner_scan(usage->scanner, unit, output);
}

static struct pl_error *lose(struct usage *usage, const struct pl_code_unit *unit,
			     const char *reason)
{
	struct pl_lost_unit lost = {pl_roots_below(&usage->roots, usage->arena, unit->file),
				    reason};

	return lost.file ? pl_target_add_lost(usage->target, &lost) : pl_error_no_memory();
}

static struct pl_error *take(void *context, size_t index, struct pl_worker_result *result)
{
	struct usage *usage = context;
	size_t number = usage->waiting[index];
	const struct pl_bytes written = {(const unsigned char *)result->output.text,
					 result->output.length};

	usage->n_done++;
	if (usage->request->progress)
		usage->request->progress(usage->request->progress_context, usage->n_done,
					 usage->n_waiting);
	if (result->error)
		return lose(usage, &usage->units.list[number], result->error->message);
	return pl_gathered_take(&usage->gathered, written, &usage->results[number]);
}

static struct pl_error *run(struct usage *usage)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	const struct pl_pool pool = {
		.job = scan,
		.job_context = usage,
		.sink = take,
		.sink_context = usage,
		.limits =
			{
				.parallel = usage->request->jobs ? usage->request->jobs
					    : processors > 0	 ? (size_t)processors
								 : 1,
				.batch = BATCH,
				.seconds = UNIT_SECONDS,
				.memory = WORKER_MEMORY,
				.resident = WORKER_RESIDENT,
				.output = UNIT_OUTPUT,
			},
	};

	return pl_pool_run(&pool, usage->n_waiting);
}

static int compare_lost(const void *a, const void *b)
{
	const struct pl_lost_unit *left = a, *right = b;
	int order = strcmp(left->file, right->file);

	return order ? order : strcmp(left->reason, right->reason);
}

static struct pl_error *finish(struct usage *usage)
{
	struct pl_usage *result = pl_target_usage(usage->target);

	if (!result)
		return pl_error_no_memory();
	result->units = usage->units.n;
	result->shard = usage->request->shard;
	result->shards = usage->request->shards;
	for (size_t i = 0; i < usage->units.n; i++) {
		result->read += usage->results[i].done;
		pl_gathered_want(&usage->gathered, &usage->results[i]);
	}
	if (result->n_lost)
		qsort(result->lost, result->n_lost, sizeof(*result->lost), compare_lost);
	return pl_gathered_finish(&usage->gathered, usage->target);
}

struct pl_error *pl_usage_scan(const struct pl_usage_request *request, struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct usage usage = {.request = request, .target = target, .arena = arena};

	if (!arena)
		return pl_error_no_memory();
	usage.gathered = (struct pl_gathered){
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};
	PL_TRY(list_units(&usage));
	PL_TRY(make_plan(&usage));
	PL_TRY(make_keys(&usage));
	PL_TRY(look_into_cache(&usage));
	PL_TRY(run(&usage));
	PL_TRY(save_cache(&usage));
	return finish(&usage);
}
