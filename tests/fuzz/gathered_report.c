/* SPDX-License-Identifier: MIT */
#include "gathered_report.h"

#include "fuzz.h"
#include "map/map.h"
#include "report/report.h"
#include "sample.h"

void gathered_report(const struct pl_gathered *gathered)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;
	struct pl_target *target = sample_pinned_target("sample");

	if (!report || fuzz_failed(pl_report_add_target(report, target)) ||
	    !pl_target_usage(target))
		abort();
	if (fuzz_failed(pl_gathered_finish(gathered, target)))
		return;
	pl_usage_sort(target->usage);
	if (fuzz_failed(pl_map_idle(target)) || fuzz_failed(pl_report_merge(report)))
		abort();
	if (fuzz_failed(pl_report_json(report, &out)))
		abort();
}
