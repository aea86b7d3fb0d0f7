/* SPDX-License-Identifier: MIT */
#include "update.h"

#include <stdio.h>

#include "check/baseline.h"
#include "replace.h"
#include "report/report.h"

static size_t count_open(const struct pl_report *report)
{
	size_t count = 0;

	for (int i = PL_SEVERITY_INFO; i < PL_SEVERITY_COUNT; i++)
		count += pl_report_count(report, (enum pl_severity)i, PL_FINDING_OPEN);
	return count;
}

/* New findings are left out, unless somebody accepts them. */
static void tell_left_out(const struct settings *settings, const struct pl_report *report)
{
	size_t count = settings->accept_new ? 0 : count_open(report);

	if (count && !settings->quiet)
		fprintf(stderr, "pagelap: %s: %zu new finding%s left out; see --accept-new\n",
			settings->update_baseline, count, count == 1 ? " is" : "s are");
}

struct pl_error *update_baseline(const struct settings *settings, const struct pl_report *baseline,
				 struct pl_report *report)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const char *path = settings->update_baseline;

	if (!path)
		return NULL;
	if (report->n_failures || !report->n_targets) {
		if (!settings->quiet)
			fprintf(stderr, "pagelap: %s: not written: something could not be told\n",
				path);
		return NULL;
	}
	tell_left_out(settings, report);
	pl_baseline_make(baseline, settings->accept_new, report);
	PL_TRY(pl_report_merge(report));
	PL_TRY(pl_report_json(report, &text));
	return replace_file(path, &text);
}
