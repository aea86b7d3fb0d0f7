/* SPDX-License-Identifier: MIT */
#include "check/check.h"

#include <stdio.h>

#include "analysis.h"
#include "check/baseline.h"
#include "check/load/suppress_load.h"
#include "check/suppress.h"
#include "collect.h"
#include "report_options.h"
#include "source_options.h"
#include "take_usage.h"
#include "today.h"
#include "update.h"

static struct pl_error *set_suppressions(void *settings, const char *value)
{
	struct settings *s = settings;

	if (s->n_suppressions == MAX_SUPPRESSIONS)
		return pl_error_new(PL_ERROR_USAGE, "given more than %d times", MAX_SUPPRESSIONS);
	s->suppressions[s->n_suppressions++] = value;
	return NULL;
}

static struct pl_error *set_baseline(void *settings, const char *value)
{
	((struct settings *)settings)->baseline = value;
	return NULL;
}

static struct pl_error *set_update_baseline(void *settings, const char *value)
{
	((struct settings *)settings)->update_baseline = value;
	return NULL;
}

static struct pl_error *set_accept_new(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->accept_new = true;
	return NULL;
}

static struct pl_error *set_usage(void *settings, const char *value)
{
	struct settings *s = settings;

	if (s->n_usages == MAX_USAGES)
		return pl_error_new(PL_ERROR_USAGE, "given more than %d times", MAX_USAGES);
	s->usages[s->n_usages++] = value;
	return NULL;
}

static const struct option_row rows[] = {
	{"suppressions", 0, "FILE", "findings that are accepted, and why; may be repeated",
	 set_suppressions},
	{"baseline", 0, "REPORT", "a saved report whose findings are known, and do not gate",
	 set_baseline},
	{"update-baseline", 0, "FILE", "write the next baseline: without what is gone or new",
	 set_update_baseline},
	{"accept-new", 0, NULL, "with what is new, for --update-baseline", set_accept_new},
	{"usage", 0, "REPORT", "a saved report that knows what code does; shards are repeated",
	 set_usage},
};

static const struct option_group own_options = {rows, sizeof(rows) / sizeof(*rows)};
static const struct option_group *const groups[] = {&own_options, &source_options, &report_options,
						    &manner_options};

const struct option_table check_table = {
	.usage = "pagelap check [OPTION...] [[NAME=]SOURCE...]",
	.about =
		"Holds the overlays of the host record (struct page) against the rules of the\n"
		"rule pack. SOURCE is what it is for 'pagelap layout'. Exits with 0 if nothing is\n"
		"found that gates, 1 if something is, 2 if that cannot be told, 3 if it was asked\n"
		"wrongly.\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
};

static struct pl_error *load_suppressions(const struct settings *settings, struct pl_report *report)
{
	for (size_t i = 0; i < settings->n_suppressions; i++)
		PL_TRY(pl_suppressions_load(settings->suppressions[i], report));
	return NULL;
}

/* *RET stays NULL where there is none. */
static struct pl_error *load_baseline(const struct settings *settings, struct pl_report **ret)
{
	struct pl_error *error;

	if (!settings->baseline)
		return NULL;
	error = pl_baseline_load(settings->baseline, ret);
	return error ? pl_error_prefix(error, "option --baseline") : NULL;
}

/* BASELINE may be NULL. A report with failures is no next baseline whatever it holds. */
static struct pl_error *hold_against(const struct settings *settings, const struct pl_pack *pack,
				     const struct pl_report *baseline, struct pl_report *report)
{
	struct pl_error *error;

	if (!baseline)
		return NULL;
	PL_TRY(pl_baseline_apply(pack, settings->baseline, baseline, report));
	if (!settings->update_baseline || report->n_failures)
		return NULL;
	error = pl_baseline_check_whole(pack, baseline, report);
	if (error)
		error = pl_error_prefix(error, "option --update-baseline: %s", settings->baseline);
	return error;
}

static void tell_what(const char *what, const char *glob)
{
	if (glob)
		fprintf(stderr, ", %s %s", what, glob);
}

/* A suppression that does nothing, or no longer, is one to take out. */
static void tell_suppression(const struct pl_suppression *its)
{
	if (its->state == PL_SUPPRESSION_USED)
		return;
	fprintf(stderr, "pagelap: %s: the suppression of %s", its->file, its->rule);
	tell_what("overlay", its->overlay);
	tell_what("member", its->member);
	tell_what("host field", its->host_field);
	tell_what("target", its->target);
	if (its->state == PL_SUPPRESSION_UNUSED)
		fputs(" fits no finding\n", stderr);
	else
		fprintf(stderr, " expired on %s; it fits %zu finding%s\n", its->expires,
			its->matched, its->matched == 1 ? "" : "s");
}

static struct pl_error *check(const struct settings *settings, char **sources, size_t count,
			      enum exit_code *ret)
{
	PL_CLEANUP(analysis_release) struct analysis a = {0};
	PL_CLEANUP(pl_report_cleanup) struct pl_report *baseline = NULL;
	char day[TODAY_SIZE] = "";

	if (settings->accept_new && !settings->update_baseline)
		return pl_error_new(PL_ERROR_USAGE,
				    "option --accept-new: there is no --update-baseline");
	PL_TRY(analysis_init(settings, &a));
	PL_TRY(load_suppressions(settings, a.report));
	if (a.report->n_suppressions)
		PL_TRY(today(day));
	PL_TRY(load_baseline(settings, &baseline));
	PL_TRY(collect(settings, a.pack, a.recipe, sources, count, a.report));
	PL_TRY(take_usage(settings, a.report));
	PL_TRY(pl_check_report(a.pack, a.report));
	PL_TRY(pl_suppress(a.report, day));
	PL_TRY(hold_against(settings, a.pack, baseline, a.report));
	PL_TRY(analysis_finish(settings, a.report, ret));
	for (size_t i = 0; !settings->quiet && i < a.report->n_suppressions; i++)
		tell_suppression(&a.report->suppressions[i]);
	return update_baseline(settings, baseline, a.report);
}

enum exit_code check_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	settings.findings_only = true;
	return analysis_main(&check_table, argc, argv, &settings, check);
}
