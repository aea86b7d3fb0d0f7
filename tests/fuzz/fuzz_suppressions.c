/* SPDX-License-Identifier: MIT */
/* Suppressions: loaded, and held against a report that has findings. */
#include "fuzz.h"

#include "check/load/suppress_load.h"
#include "check/suppress.h"
#include "report/report.h"
#include "sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = sample_report();
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;

	sample_findings(report);
	if (fuzz_failed(pl_suppressions_parse("input", (struct pl_bytes){data, size}, report)))
		return 0;
	if (fuzz_failed(pl_suppress(report, "2027-03-31")))
		return 0;
	if (fuzz_failed(pl_report_merge(report)) || fuzz_failed(pl_report_json(report, &out)) ||
	    fuzz_failed(pl_report_sarif(report, &out)))
		abort();
	return 0;
}
