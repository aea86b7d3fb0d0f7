/* SPDX-License-Identifier: MIT */
#include "analysis.h"
#include "answer.h"
#include "answer_options.h"
#include "collect.h"
#include "report_options.h"
#include "source_options.h"

static const struct option_group *const groups[] = {&answer_options, &source_options,
						    &report_options, &manner_options};

const struct option_table usage_table = {
	.usage = "pagelap usage [OPTION...] [NAME=]REPORT...",
	.about = "Tells which code touches which field of the host record (struct page) and of "
		 "its\noverlays, from saved reports of earlier scans.\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
};

static struct pl_error *usage(const struct settings *settings, char **sources, size_t count,
			      enum exit_code *ret)
{
	PL_CLEANUP(analysis_release) struct analysis a = {0};
	struct settings completed = *settings;

	if (!count)
		return pl_error_new(PL_ERROR_USAGE, "of what? there is no report");
	PL_TRY(analysis_init(settings, &a));
	PL_TRY(collect(settings, a.pack, a.recipe, sources, count, a.report));
	PL_TRY(answer_question(&completed, a.report));
	return analysis_finish(settings, a.report, ret);
}

enum exit_code usage_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	return analysis_main(&usage_table, argc, argv, &settings, usage);
}
