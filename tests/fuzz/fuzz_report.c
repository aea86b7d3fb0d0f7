/* SPDX-License-Identifier: MIT */
/* Saved reports, as sources and as baselines. */
#include "fuzz.h"

#include "check/baseline.h"
#include "read/read.h"
#include "read/report/report_read.h"

static void hold_against_itself(struct pl_bytes bytes, struct pl_report *report)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *before = pl_report_new();
	const struct pl_read_request request = {.path = "before"};

	if (!before || fuzz_failed(pl_report_read(&request, bytes, before)))
		abort(); /* it could be read a moment ago */
	(void)fuzz_failed(pl_baseline_check_whole(fuzz_pack(), before, report));
	(void)fuzz_failed(pl_baseline_apply(fuzz_pack(), "before", before, report));
	pl_baseline_make(before, false, report);
	for (size_t i = 0; i < report->n_targets; i++)
		report->targets[i]->n_findings = 0;
	(void)fuzz_failed(pl_baseline_apply(fuzz_pack(), "before", before, report));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	const struct pl_read_request request = {.path = "now"};
	struct pl_bytes bytes = {data, size};

	fuzz_source(bytes, PL_SOURCE_UNKNOWN, false);
	if (!report || !pl_report_detect(bytes))
		return 0;
	if (fuzz_failed(pl_report_read(&request, bytes, report)) || fuzz_failed(fuzz_map(report)))
		return 0;
	hold_against_itself(bytes, report);
	return 0;
}
