/* SPDX-License-Identifier: MIT */
#include "collect.h"

#include <string.h>
#include <unistd.h>

#include "map/map.h"
#include "read/read.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "support/worker.h"

#define RUNNING_KERNEL "/sys/kernel/btf/vmlinux"

/* Far beyond what the largest kernels take: 3 s and 1 GB with all units, reports below 1 MB. */
enum { WORKER_CPU_SECONDS = 300, WORKER_OUTPUT = 256 << 20 };
#define WORKER_MEMORY ((size_t)8 << 30)

struct collector {
	const struct settings *settings;
	const struct pl_pack *pack;
	struct pl_report *report;
	const char **records; /* to look for: the host, then the overlays */
	size_t n_records;
	struct pl_wanted_overlay *wanted;
	size_t n_wanted;
};

static bool is_asked_for(const struct settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->n_overlays; i++)
		if (!strcmp(settings->overlays[i], name))
			return true;
	return false;
}

static size_t pages_in(const struct pl_pack *pack, const char *name)
{
	for (size_t i = 0; i < pack->n_overlays; i++)
		if (!strcmp(pack->overlays[i].name, name))
			return pack->overlays[i].pages;
	return 1;
}

/* All overlays of the pack, or the ones that were asked for. */
static struct pl_error *choose_overlays(struct collector *c)
{
	const struct settings *settings = c->settings;
	struct pl_arena *arena = c->report->arena;
	bool all = !settings->n_overlays;

	c->n_wanted = all ? c->pack->n_overlays : settings->n_overlays;
	c->n_records = c->n_wanted + 1;
	c->wanted = pl_arena_array(arena, c->n_wanted, sizeof(*c->wanted));
	c->records = pl_arena_array(arena, c->n_records, sizeof(*c->records));
	if (!c->wanted || !c->records)
		return pl_error_no_memory();
	c->records[0] = c->pack->host;
	for (size_t i = 0; i < c->n_wanted; i++) {
		const char *name = all ? c->pack->overlays[i].name : settings->overlays[i];

		if (!strcmp(name, c->pack->host))
			return pl_error_new(PL_ERROR_USAGE, "option --overlay: %s is the host",
					    name);
		c->wanted[i] = (struct pl_wanted_overlay){name, pages_in(c->pack, name)};
		c->records[i + 1] = name;
	}
	return NULL;
}

static struct pl_error *note_failure(struct collector *c, const char *name, const char *path,
				     struct pl_error *error)
{
	struct pl_failure failure = {name, path, error->kind, error->message};
	struct pl_error *second = NULL;

	if (error->kind == PL_ERROR_MEMORY)
		return error;
	second = pl_report_add_failure(c->report, &failure);
	pl_error_free(error);
	return second;
}

/* An overlay that was asked for by name and is not there, is an answer of its own. */
static struct pl_error *check_asked_for(struct collector *c, const struct pl_target *target)
{
	for (size_t i = 0; i < target->n_absent; i++) {
		if (!is_asked_for(c->settings, target->absent[i]))
			continue;
		PL_TRY(note_failure(c, target->name, target->source.path,
				    pl_error_new(PL_ERROR_MISSING,
						 "%s: there is no struct or union %s in it",
						 target->source.path, target->absent[i])));
	}
	return NULL;
}

/* Records that nobody asked for are left out, as they are when a kernel is read. */
static void keep_wanted_records(struct pl_target *target)
{
	size_t kept = 0;

	for (size_t i = 0; i < target->n_records; i++) {
		bool wanted = !strcmp(target->records[i]->name, target->host);

		for (size_t j = 0; j < target->n_wanted && !wanted; j++)
			wanted = !strcmp(target->records[i]->name, target->wanted[j].name);
		if (wanted)
			target->records[kept++] = target->records[i];
	}
	target->n_records = kept;
}

/* Of what a saved report had mapped, the overlays that were asked for. */
static struct pl_error *choose_saved(const struct collector *c, struct pl_target *target)
{
	const struct settings *settings = c->settings;
	struct pl_wanted_overlay *wanted;

	if (!settings->n_overlays)
		return NULL;
	wanted = pl_arena_array(target->arena, settings->n_overlays, sizeof(*wanted));
	if (!wanted)
		return pl_error_no_memory();
	for (size_t i = 0; i < settings->n_overlays; i++) {
		wanted[i] = (struct pl_wanted_overlay){settings->overlays[i], 1};
		for (size_t j = 0; j < target->n_wanted; j++)
			if (!strcmp(target->wanted[j].name, settings->overlays[i]))
				wanted[i].pages = target->wanted[j].pages;
	}
	target->wanted = wanted;
	target->n_wanted = settings->n_overlays;
	keep_wanted_records(target);
	return NULL;
}

/* A saved report says itself what it maps, unless a rule pack is given. */
static struct pl_error *map_target(struct collector *c, struct pl_target *target)
{
	if (target->saved && !c->settings->rules) {
		PL_TRY(choose_saved(c, target));
		return pl_map_target(target, target->host, target->wanted, target->n_wanted);
	}
	pl_map_classify(c->pack, target);
	return pl_map_target(target, c->pack->host, c->wanted, c->n_wanted);
}

static struct pl_error *map_from(struct collector *c, size_t first)
{
	for (size_t i = first; i < c->report->n_targets; i++) {
		struct pl_target *target = c->report->targets[i];
		struct pl_error *error = map_target(c, target);

		if (!error) {
			PL_TRY(check_asked_for(c, target));
			continue;
		}
		PL_TRY(note_failure(c, target->name, target->source.path, error));
		pl_report_drop_target(c->report, i--);
	}
	return NULL;
}

static struct pl_error *collect_one(struct collector *c, const char *name, const char *path)
{
	const struct settings *settings = c->settings;
	const struct pl_read_request request = {
		.path = path,
		.name = name,
		.force = settings->from,
		.records = c->records,
		.n_records = c->n_records,
		.unit_order = c->pack->unit_order,
		.n_unit_order = c->pack->n_unit_order,
		.banner = c->pack->banner,
		.check_all_units = settings->check_all_units,
		.config = settings->config,
		.btf_base = settings->btf_base,
		.debug_dir = settings->debug_dir,
	};
	size_t first = c->report->n_targets;
	struct pl_error *error = pl_read_source(&request, c->report);

	if (error)
		PL_TRY(note_failure(c, name ? name : path, path, error));
	return map_from(c, first);
}

/* SOURCE is [NAME=]PATH: what stands before the first '=' is a name if it holds no '/'. */
static struct pl_error *split_source(struct pl_arena *arena, const char *source, const char **name,
				     const char **path)
{
	size_t length = strcspn(source, "=/");

	*name = NULL;
	*path = source;
	if (source[length] != '=' || !length)
		return NULL;
	*name = pl_arena_strndup(arena, source, length);
	*path = source + length + 1;
	return *name ? NULL : pl_error_no_memory();
}

/* What the workers share. */
struct batch {
	const struct settings *settings;
	const struct pl_pack *pack;
	char **sources;
};

/* The job of a worker: one source, read and mapped into a report of its own. */
static struct pl_error *work(void *context, size_t index, struct pl_strbuf *output)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	const struct batch *batch = context;
	struct collector c = {.settings = batch->settings, .pack = batch->pack, .report = report};
	const char *name, *path;

	if (!report)
		return pl_error_no_memory();
	PL_TRY(choose_overlays(&c));
	PL_TRY(split_source(report->arena, batch->sources[index], &name, &path));
	PL_TRY(collect_one(&c, name, path));
	return pl_report_json(report, output);
}

/* Adds what a worker wrote. The map is made again: only what it is made from is passed on. */
static struct pl_error *take_output(struct collector *c, const char *path,
				    const struct pl_strbuf *output)
{
	const struct pl_read_request request = {.path = path};
	struct pl_bytes bytes = {(const unsigned char *)output->text, output->length};
	size_t first = c->report->n_targets;

	PL_TRY(pl_report_read(&request, bytes, c->report));
	for (size_t i = first; i < c->report->n_targets; i++)
		PL_TRY(map_target(c, c->report->targets[i]));
	return NULL;
}

static struct pl_error *take_result(struct collector *c, const char *source,
				    struct pl_worker_result *result)
{
	struct pl_error *error = result->error;
	const char *name, *path;
	struct pl_failure failure;

	PL_TRY(split_source(c->report->arena, source, &name, &path));
	if (!error)
		return take_output(c, path, &result->output);
	result->error = NULL;
	error = pl_error_prefix(error, "%s", path);
	failure = (struct pl_failure){name ? name : path, path, error->kind, error->message};
	result->error = error;
	return pl_report_add_failure(c->report, &failure);
}

static struct pl_error *take_results(struct collector *c, char **sources, size_t count,
				     struct pl_worker_result *results)
{
	for (size_t i = 0; i < count; i++)
		PL_TRY(take_result(c, sources[i], &results[i]));
	return NULL;
}

static struct pl_worker_limits limits_of(const struct settings *settings)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return (struct pl_worker_limits){
		.parallel = settings->jobs   ? settings->jobs
			    : processors > 0 ? (size_t)processors
					     : 1,
		.cpu_seconds = WORKER_CPU_SECONDS,
		.memory = WORKER_MEMORY,
		.output = WORKER_OUTPUT,
	};
}

struct pl_error *collect(const struct settings *settings, const struct pl_pack *pack,
			 char **sources, size_t count, struct pl_report *report)
{
	struct collector c = {.settings = settings, .pack = pack, .report = report};
	char *running[] = {(char[]){RUNNING_KERNEL}};
	struct batch batch = {settings, pack, count ? sources : running};
	struct pl_worker_limits limits = limits_of(settings);
	struct pl_worker_result *results;
	struct pl_error *error;

	if (settings->config && count > 1)
		return pl_error_new(PL_ERROR_USAGE,
				    "option --config: it belongs to one source, not to %zu", count);
	count = count ? count : 1;
	report->fail_on = settings->fail_on;
	PL_TRY(choose_overlays(&c));
	results = pl_arena_array(report->arena, count, sizeof(*results));
	if (!results)
		return pl_error_no_memory();
	error = pl_workers_run(work, &batch, count, &limits, results);
	if (!error)
		error = take_results(&c, batch.sources, count, results);
	for (size_t i = 0; i < count; i++)
		pl_worker_result_release(&results[i]);
	return error;
}
