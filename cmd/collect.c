/* SPDX-License-Identifier: MIT */
#include "collect.h"

#include <string.h>

#include "gather.h"
#include "map/compare.h"
#include "progress.h"
#include "read/kbuild/kbuild.h"
#include "report/report.h"
#include "support/worker.h"

#define RUNNING_KERNEL "/sys/kernel/btf/vmlinux"

/* Far beyond what the largest kernels take: 3 s and 1 GB with all units, reports below 1 MB. */
enum { WORKER_CPU_SECONDS = 300, WORKER_SECONDS = 300, WORKER_OUTPUT = 256 << 20 };
#define WORKER_MEMORY ((size_t)8 << 30)

/* A target to be made: of one source, or of headers and the kernel that was built from them. */
struct group {
	const char *name; /* NULL: none was given */
	const char *path;
	const char *headers; /* NULL: path is all there is */
};

struct grouping {
	struct group *list;
	size_t count;
};

struct pl_error *collect_split(struct pl_arena *arena, const char *source, const char **name,
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

/* Two sources of one name are one target if one is headers and the other is not. */
static bool join_group(struct grouping *groups, const char *name, const char *path)
{
	for (size_t i = 0; name && i < groups->count; i++) {
		struct group *group = &groups->list[i];

		if (!group->name || strcmp(group->name, name) || group->headers ||
		    pl_kbuild_detect(group->path) == pl_kbuild_detect(path))
			continue;
		group->headers = pl_kbuild_detect(path) ? path : group->path;
		group->path = group->headers == path ? group->path : path;
		return true;
	}
	return false;
}

static struct pl_error *make_groups(struct pl_arena *arena, char **sources, size_t count,
				    struct grouping *ret)
{
	ret->list = pl_arena_array(arena, count, sizeof(*ret->list));
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++) {
		struct group group = {0};

		PL_TRY(collect_split(arena, sources[i], &group.name, &group.path));
		if (!join_group(ret, group.name, group.path))
			ret->list[ret->count++] = group;
	}
	return NULL;
}

/* What the workers share. */
struct batch {
	const struct gatherer *gatherer;
	const struct grouping *groups;
};

/* The job of a worker: one target, read and mapped into a report of its own. */
static struct pl_error *work(void *context, size_t index, struct pl_strbuf *output)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	const struct batch *batch = context;
	const struct group *group = &batch->groups->list[index];
	struct gatherer g = *batch->gatherer;

	if (!report)
		return pl_error_no_memory();
	g.report = report;
	if (group->headers)
		PL_TRY(gather_pair(&g, group->name, group->headers, group->path));
	else
		PL_TRY(gather_source(&g, group->name, group->path));
	PL_TRY(pl_report_merge(report));
	return pl_report_json_unmapped(report, output);
}

static struct pl_error *take_result(struct gatherer *g, const struct group *group,
				    struct pl_worker_result *result)
{
	const char *name = group->name ? group->name : group->path;
	struct pl_error *error = result->error;
	struct pl_failure failure;

	if (!error)
		return gather_written(g, name, group->path, &result->output);
	result->error = NULL;
	error = pl_error_prefix(error, "%s", group->path);
	failure = (struct pl_failure){name, group->path, error->kind, error->message};
	result->error = error;
	return pl_report_add_failure(g->report, &failure);
}

static struct pl_error *take_results(struct gatherer *g, const struct grouping *groups,
				     struct pl_worker_result *results)
{
	for (size_t i = 0; i < groups->count; i++)
		PL_TRY(take_result(g, &groups->list[i], &results[i]));
	return NULL;
}

static const char *name_of(const void *context, size_t index)
{
	const struct group *group = &((const struct grouping *)context)->list[index];

	return group->name ? group->name : group->path;
}

static struct pl_worker_limits limits_of(const struct settings *settings, struct progress *progress)
{
	return (struct pl_worker_limits){
		.parallel = pl_workers_wanted(settings->jobs),
		.cpu_seconds = WORKER_CPU_SECONDS,
		.seconds = WORKER_SECONDS,
		.memory = WORKER_MEMORY,
		.output = WORKER_OUTPUT,
		.watch = progress_show,
		.watch_context = progress,
	};
}

static struct pl_error *run(struct gatherer *g, const struct grouping *groups)
{
	struct batch batch = {g, groups};
	struct progress progress = {.name = name_of, .context = groups, .count = groups->count};
	struct pl_worker_limits limits = limits_of(g->settings, &progress);
	struct pl_worker_result *results =
		pl_arena_array(g->report->arena, groups->count, sizeof(*results));
	struct pl_error *error;

	if (!results)
		return pl_error_no_memory();
	progress_start(&progress, g->settings);
	error = pl_workers_run(work, &batch, groups->count, &limits, results);
	progress_end(&progress);
	if (!error)
		error = take_results(g, groups, results);
	for (size_t i = 0; i < groups->count; i++)
		pl_worker_result_release(&results[i]);
	return error;
}

struct pl_error *collect(const struct settings *settings, const struct pl_pack *pack,
			 const struct pl_recipe *recipe, char **sources, size_t count,
			 struct pl_report *report)
{
	struct gatherer g = {
		.settings = settings, .pack = pack, .recipe = recipe, .report = report};
	char *running[] = {(char[]){RUNNING_KERNEL}};
	struct grouping groups = {0};

	if (settings->config && count > 1)
		return pl_error_new(PL_ERROR_USAGE,
				    "option --config: it belongs to one source, not to %zu", count);
	report->fail_on = settings->fail_on;
	PL_TRY(gatherer_init(&g));
	PL_TRY(make_groups(report->arena, count ? sources : running, count ? count : 1, &groups));
	PL_TRY(run(&g, &groups));
	return pl_compare_targets(report);
}
