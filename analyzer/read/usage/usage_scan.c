/* SPDX-License-Identifier: MIT */
#include "read/usage/usage_scan.h"

#include <stdlib.h>

#include "read/headers/clang_unit.h"
#include "read/usage/usage_internal.h"

/* What workers may take; the largest units need 10 s and 400 MB. */
enum { UNIT_SECONDS = 120, UNIT_OUTPUT = 64 << 20, BATCH = 16 };
#define WORKER_MEMORY ((size_t)4 << 30)
#define WORKER_RESIDENT ((size_t)450 << 20)

static struct pl_error *make_plan(struct pl_usage_run *usage)
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

static struct pl_error *list_units(struct pl_usage_run *usage)
{
	const struct pl_usage_request *request = usage->request;

	PL_TRY(pl_kbuild_open(usage->arena, request->path, request->source_tree, NULL,
			      request->recipe, &usage->kbuild));
	PL_TRY(pl_units_find(usage->arena, &usage->kbuild, request->recipe, request->make_log,
			     &usage->units));
	pl_units_keep_shard(&usage->units, request->shard, request->shards);
	usage->results = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->results));
	usage->waiting = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->waiting));
	usage->idle = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->idle));
	usage->settings = pl_arena_array(usage->arena, usage->units.n, sizeof(*usage->settings));
	return usage->results && usage->waiting && usage->idle && usage->settings
		       ? NULL
		       : pl_error_no_memory();
}

/* In a worker: its first unit makes the scanner, which then stays as long as the worker does. */
static struct pl_error *scan(void *context, size_t index, struct pl_strbuf *output)
{
	struct pl_usage_run *usage = context;
	size_t unit = usage->waiting[usage->first + index];
	const struct pl_usage_compiled *compiled = pl_usage_compiled_for(usage, unit);
	const struct pl_scan_manner manner = {usage->settings[unit].environment,
					      compiled ? &compiled->precompiled : NULL,
					      usage->settings[unit].speaks};

	if (!usage->scanner)
		PL_TRY(pl_scanner_new(&usage->plan, &usage->scanner));
	return pl_scanner_scan(usage->scanner, &usage->units.list[unit], &manner, output);
}

static struct pl_error *lose(struct pl_usage_run *usage, const char *file, const char *reason)
{
	struct pl_lost_unit lost = {pl_roots_below(&usage->roots, usage->arena, file), reason};

	return lost.file ? pl_target_add_lost(usage->target, &lost) : pl_error_no_memory();
}

/* What a worker says that makes no sense costs the unit that it was at. */
static struct pl_error *take_result(struct pl_usage_run *usage, size_t number,
				    const struct pl_strbuf *output)
{
	const struct pl_usage_compiled *compiled = pl_usage_compiled_for(usage, number);
	struct pl_gathered_unit *unit = &usage->results[number];
	struct pl_cursor cursor = pl_cursor_init(
		(struct pl_bytes){(const unsigned char *)output->text, output->length}, false);
	struct pl_error *error = pl_gathered_take(&usage->gathered, &cursor, unit), *failed;

	if (error && error->kind == PL_ERROR_UNREADABLE) {
		failed = lose(usage, usage->units.list[number].file, error->message);
		pl_error_free(error);
		return failed;
	}
	if (error)
		return error;
	return unit->precompiled && compiled
		       ? pl_gathered_add(&usage->gathered, unit, &compiled->common)
		       : NULL;
}

static struct pl_error *take(void *context, size_t index, struct pl_worker_result *result)
{
	struct pl_usage_run *usage = context;
	size_t number = usage->waiting[usage->first + index];

	usage->n_done++;
	if (usage->request->progress)
		usage->request->progress(usage->request->progress_context, usage->n_done,
					 usage->n_waiting);
	if (result->error)
		return lose(usage, usage->units.list[number].file, result->error->message);
	PL_TRY(take_result(usage, number, &result->output));
	return pl_usage_keep_some(usage);
}

struct pl_pool_limits pl_usage_limits(const struct pl_usage_run *usage)
{
	return (struct pl_pool_limits){
		.parallel = pl_workers_wanted(usage->request->jobs),
		.batch = BATCH,
		.seconds = UNIT_SECONDS,
		.memory = WORKER_MEMORY,
		.resident = WORKER_RESIDENT,
		.output = UNIT_OUTPUT,
	};
}

struct pl_error *pl_usage_scan_next(struct pl_usage_run *usage, size_t count)
{
	int kept[PL_POOL_MOST_KEPT];
	const struct pl_pool pool = {
		.job = scan,
		.job_context = usage,
		.sink = take,
		.sink_context = usage,
		.limits = pl_usage_limits(usage),
		.kept = kept,
		.n_kept = usage->n_compiled,
		.peak = &usage->costs.resident,
	};

	for (size_t i = 0; i < usage->n_compiled; i++)
		kept[i] = usage->compiled[i].fd;
	PL_TRY(pl_pool_run(&pool, count));
	usage->first += count;
	return NULL;
}

/* As of a tree that was moved; what is there under the old name may be another one. */
static struct pl_error *lose_outside(struct pl_usage_run *usage)
{
	const struct pl_words *outside = &usage->units.outside;

	for (size_t i = 0; i < outside->n; i++)
		PL_TRY(lose(usage, outside->items[i],
			    "outside of the source tree and of the build directory"));
	return NULL;
}

static struct pl_error *finish(struct pl_usage_run *usage)
{
	struct pl_usage *result = pl_target_usage(usage->target);

	if (!result)
		return pl_error_no_memory();
	result->units = usage->units.n + usage->units.outside.n;
	result->skipped = usage->n_idle;
	result->shard = usage->request->shard;
	result->shards = usage->request->shards;
	for (size_t i = 0; i < usage->units.n; i++) {
		result->read += usage->results[i].done;
		if (usage->results[i].lost)
			PL_TRY(lose(usage, usage->units.list[i].file, usage->results[i].lost));
		pl_gathered_want(&usage->gathered, &usage->results[i]);
	}
	PL_TRY(lose_outside(usage));
	return pl_gathered_finish(&usage->gathered, usage->target);
}

static void run_release(struct pl_usage_run *usage)
{
	pl_usage_compiled_release(usage);
	pl_arena_free(usage->arena);
}

struct pl_error *pl_usage_scan(const struct pl_usage_request *request, struct pl_target *target,
			       struct pl_usage_costs *costs, struct pl_error **warning)
{
	PL_CLEANUP(run_release)
	struct pl_usage_run usage = {.request = request, .target = target, .arena = pl_arena_new()};
	struct pl_arena *arena = usage.arena;
	size_t more;

	*warning = NULL;
	if (!arena)
		return pl_error_no_memory();
	usage.gathered = (struct pl_gathered){
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};
	PL_TRY(list_units(&usage));
	PL_TRY(make_plan(&usage));
	PL_TRY(pl_usage_recall(&usage));
	PL_TRY(pl_usage_prefilter(&usage));
	pl_usage_recall_waiting(&usage);
	PL_TRY(pl_usage_precompile(&usage));
	do {
		PL_TRY(pl_usage_scan_next(&usage, usage.n_waiting - usage.first));
		PL_TRY(pl_usage_bring_back(&usage, &more));
	} while (more);
	PL_TRY(finish(&usage));
	*warning = pl_usage_keep(&usage);
	usage.costs.parsed = usage.n_done;
	if (costs)
		*costs = usage.costs;
	return NULL;
}
