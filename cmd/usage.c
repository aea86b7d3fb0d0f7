/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis.h"
#include "answer.h"
#include "answer_options.h"
#include "check/load/usage_load.h"
#include "collect.h"
#include "make_logs.h"
#include "map/map.h"
#include "read/kbuild/kbuild.h"
#include "read/usage/usage_scan.h"
#include "report_options.h"
#include "source_options.h"
#include "support/text.h"
#include "unit_progress.h"
#include "usage_check.h"
#include "usage_options.h"

static const struct option_group *const groups[] = {
	&answer_options, &usage_options, &source_options, &shape_options, &manner_options};

const struct option_table usage_table = {
	.usage = "pagelap usage [OPTION...] [NAME=]SOURCE...",
	.about =
		"Tells which code touches which field of the host record (struct page) and of its\n"
		"overlays. SOURCE is a kernel build directory, whose units are looked through, or "
		"a\nsaved report of an earlier scan. Nothing of a build is ever run.\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
};

/* That units are missing from the answer is part of the answer. */
static struct pl_error *note_lost(struct pl_report *report, const struct pl_target *target)
{
	const struct pl_usage *usage = target->usage;

	if (!usage || !usage->n_lost)
		return NULL;
	return pl_report_note_error(
		report, target->name, target->source.path,
		pl_error_new(PL_ERROR_UNREADABLE,
			     "%s: %zu of %zu units could not be looked at; the first is "
			     "%s: %s",
			     target->source.path, usage->n_lost, usage->units, usage->lost[0].file,
			     usage->lost[0].reason));
}

static void show_progress(void *context, size_t done, size_t count)
{
	unit_progress_show(context, done, count);
}

/* In MB, rounded up. */
static void show_costs(const struct pl_target *target, const struct pl_usage_costs *costs)
{
	if (!costs->parsed)
		fprintf(stderr, "pagelap: %s: no unit had to be parsed\n", target->name);
	else
		fprintf(stderr, "pagelap: %s: %zu unit%s parsed, by workers of at most %zu MB\n",
			target->name, costs->parsed, costs->parsed == 1 ? "" : "s",
			(costs->resident + (1 << 20) - 1) >> 20);
}

/* XDG_CACHE_HOME/pagelap/usage, or what that stands for; NULL: there is no such place. */
static struct pl_error *cache_directory(const struct settings *settings, struct pl_arena *arena,
					const char **ret)
{
	const char *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	*ret = settings->no_cache ? NULL : settings->cache;
	if (settings->cache || settings->no_cache)
		return NULL;
	if (caches && *caches)
		*ret = pl_arena_printf(arena, "%s/pagelap/usage", caches);
	else if (home && *home)
		*ret = pl_arena_printf(arena, "%s/.cache/pagelap/usage", home);
	else
		return NULL;
	return *ret ? NULL : pl_error_no_memory();
}

static struct pl_error *scan_target(const struct settings *settings, const struct analysis *a,
				    const struct pl_usage_rules *rules, const char *build,
				    struct pl_target *target)
{
	struct unit_progress progress = unit_progress_begin("units", settings->quiet);
	struct pl_usage_request request = {
		.path = build,
		.source_tree = settings->source_tree,
		.recipe = a->recipe,
		.rules = rules,
		.shard = settings->shard ? settings->shard : 1,
		.shards = settings->shards ? settings->shards : 1,
		.jobs = settings->jobs,
		.plain = settings->no_shortcuts,
		.host = a->pack->host,
		.progress = show_progress,
		.progress_context = &progress,
	};
	struct pl_usage_costs costs = {0};
	struct pl_error *error, *warning;

	PL_TRY(make_logs_find(settings, a->report->arena, target->name, &request.make_log));
	PL_TRY(cache_directory(settings, a->report->arena, &request.cache));
	error = pl_usage_scan(&request, target, &costs, &warning);
	unit_progress_end(&progress);
	if (warning && !settings->quiet)
		fprintf(stderr, "pagelap: %s\n", warning->message);
	pl_error_free(warning);
	if (settings->costs)
		show_costs(target, &costs);
	if (error && error->kind == PL_ERROR_USAGE)
		return error;
	if (error)
		return pl_report_note_error(a->report, target->name, target->source.path, error);
	PL_TRY(pl_map_idle(target));
	return note_lost(a->report, target);
}

/*
 * The build among the sources that TARGET was read from, into *RET as it was
 * named there; NULL: from none. A saved report says what code does, or it does
 * not: its build need not be there.
 */
static struct pl_error *find_build(const struct pl_target *target, char **sources, size_t count,
				   const char **ret)
{
	*ret = NULL;
	if (target->source.kind != PL_SOURCE_HEADERS || target->usage)
		return NULL;
	for (size_t i = 0; i < count && !*ret; i++) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf shown = PL_STRBUF_INIT;
		size_t name = strcspn(sources[i], "=/");
		const char *path = sources[i][name] == '=' ? sources[i] + name + 1 : sources[i];

		/* A target knows its path as it can be shown. */
		pl_text_add(&shown, path);
		if (pl_strbuf_failed(&shown))
			return pl_error_no_memory();
		if (!strcmp(shown.text, target->source.path) && pl_kbuild_detect(path))
			*ret = path;
	}
	return NULL;
}

static struct pl_error *usage(const struct settings *settings, char **sources, size_t count,
			      enum exit_code *ret)
{
	PL_CLEANUP(pl_usage_rules_cleanup) struct pl_usage_rules *rules = NULL;
	PL_CLEANUP(analysis_release) struct analysis a = {0};
	struct settings completed = *settings;

	if (!count)
		return pl_error_new(PL_ERROR_USAGE, "of what? there is no build and no report");
	PL_TRY(analysis_init(settings, &a));
	PL_TRY(usage_check(settings, a.report->arena, sources, count));
	PL_TRY(settings->usage_rules ? pl_usage_rules_load(settings->usage_rules, &rules)
				     : pl_usage_rules_builtin(&rules));
	PL_TRY(collect(settings, a.pack, a.recipe, sources, count, a.report));
	for (size_t i = 0; i < a.report->n_targets; i++) {
		struct pl_target *target = a.report->targets[i];
		const char *build;

		PL_TRY(find_build(target, sources, count, &build));
		if (build)
			PL_TRY(scan_target(settings, &a, rules, build, target));
	}
	PL_TRY(answer_question(&completed, a.report));
	return analysis_finish(settings, a.report, ret);
}

enum exit_code usage_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	settings.fail_on = PL_SEVERITY_NONE;
	return analysis_main(&usage_table, argc, argv, &settings, usage);
}
