/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "analysis.h"
#include "collect.h"
#include "map/compare.h"
#include "read/kbuild/kbuild.h"
#include "read/report/report_read.h"
#include "report_options.h"
#include "support/file.h"
#include "unite.h"

static const struct option_group *const groups[] = {&report_options, &manner_options};

const struct option_table merge_table = {
	.usage = "pagelap merge [OPTION...] [NAME=]REPORT...",
	.about = "Joins saved reports into one: other architectures, other configurations, shards\n"
		 "of a usage scan. The order in which they are given makes no difference. Targets\n"
		 "of one name have to be the same, or shards of one scan. Without --format the\n"
		 "report is written as JSON; text is that of 'pagelap check' if the reports are\n"
		 "of it, else that of 'pagelap layout'. Exits with 0 if nothing in it gates, 1 if\n"
		 "something does, 2 if something could not be told, 3 if the reports do not fit\n"
		 "together.\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
};

/* The reports, until they are one. */
struct reports {
	struct pl_report **list;
	size_t count;
};

static void release_reports(struct reports *reports)
{
	for (size_t i = 0; i < reports->count; i++)
		pl_report_free(reports->list[i]);
	free(reports->list);
}

/* What cannot be opened is left to whoever reads it. */
static struct pl_error *refuse_others(const struct pl_report *report, const char *source)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	const char *name, *path;
	struct pl_error *error;
	bool other;

	PL_TRY(collect_split(report->arena, source, &name, &path));
	error = pl_file_open(path, &file);
	other = error ? pl_kbuild_detect(path) : !pl_report_detect(file.bytes);
	pl_error_free(error);
	return other ? pl_error_new(PL_ERROR_USAGE, "%s: not a saved report", path) : NULL;
}

/* Each on its own, so that what it calls a target stays. */
static struct pl_error *read_all(const struct settings *settings, const struct analysis *a,
				 char **paths, size_t count, struct reports *ret)
{
	ret->list = calloc(count, sizeof(struct pl_report *));
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++) {
		ret->list[i] = pl_report_new();
		if (!ret->list[i])
			return pl_error_no_memory();
		ret->count++;
		PL_TRY(refuse_others(ret->list[i], paths[i]));
		PL_TRY(collect(settings, a->pack, a->recipe, &paths[i], 1, ret->list[i]));
	}
	return NULL;
}

/* *RET says whether all of REPORT was checked; where something was not, nothing else may be: it
 * would seem to be clean. */
static struct pl_error *was_checked(const struct pl_report *report, bool *ret)
{
	const struct pl_target *unchecked = NULL;

	*ret = false;
	for (size_t i = 0; i < report->n_targets; i++) {
		if (report->targets[i]->checked)
			*ret = true;
		else if (!unchecked)
			unchecked = report->targets[i];
	}
	if (!*ret || !unchecked)
		return NULL;
	return pl_error_new(PL_ERROR_USAGE,
			    "%s: it was not checked, and others were; its report has to be one of "
			    "'pagelap check', too",
			    unchecked->name);
}

static struct pl_error *merge(const struct settings *settings, char **paths, size_t count,
			      enum exit_code *ret)
{
	PL_CLEANUP(analysis_release) struct analysis a = {0};
	PL_CLEANUP(release_reports) struct reports reports = {0};
	struct settings own = *settings;

	if (!count)
		return pl_error_new(PL_ERROR_USAGE, "which reports?");
	if (!own.n_outputs)
		own.outputs[own.n_outputs++].format = FORMAT_JSON;
	PL_TRY(analysis_init(settings, &a));
	PL_TRY(read_all(settings, &a, paths, count, &reports));
	a.report->fail_on = settings->fail_on;
	PL_TRY(unite(reports.list, reports.count, a.report));
	PL_TRY(pl_compare_targets(a.report));
	PL_TRY(was_checked(a.report, &own.findings_only));
	return analysis_finish(&own, a.report, ret);
}

enum exit_code merge_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	return analysis_main(&merge_table, argc, argv, &settings, merge);
}
