/* SPDX-License-Identifier: MIT */
/* A saved report beside a small kernel, both ways, and beside itself, from which nothing differs.
 */
#include "fuzz.h"

#include "diff/diff.h"
#include "read/read.h"
#include "read/report/report_read.h"
#include "report/diff.h"
#include "sample.h"

static enum pl_diff_verdict compare(const struct pl_report *old, const struct pl_report *new)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;
	PL_CLEANUP(pl_diff_cleanup) struct pl_diff *diff = NULL;
	const struct pl_text_options options = {.width = 100};

	if (fuzz_failed(pl_diff_reports(old, new, fuzz_pack(), 0, &diff)))
		return PL_DIFF_COULD_NOT_TELL;
	if (fuzz_failed(pl_diff_text(diff, &options, &out)) ||
	    fuzz_failed(pl_diff_json(diff, &out)) || fuzz_failed(pl_diff_markdown(diff, &out)))
		abort();
	fuzz_expect_text(&out);
	return pl_diff_verdict(diff);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_report_cleanup) struct pl_report *sample = pl_report_new();
	const struct pl_read_request request = {.path = "now"};

	if (!report || !sample ||
	    fuzz_failed(pl_report_add_target(sample, sample_pinned_target("x86_64"))))
		abort();
	if (fuzz_failed(pl_report_read(&request, (struct pl_bytes){data, size}, report)) ||
	    fuzz_failed(fuzz_map(report)))
		return 0;
	(void)compare(sample, report);
	(void)compare(report, sample);
	if (compare(report, report) == PL_DIFF_DIFFERENT)
		abort();
	return 0;
}
