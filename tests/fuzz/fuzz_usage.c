/* SPDX-License-Identifier: MIT */
/* Saved reports that say what code does: asked, joined, and held against the rules. */
#include "fuzz.h"

#include "map/map.h"
#include "read/read.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "usage/answer.h"
#include "usage/usage_merge.h"

static void ask(struct pl_report *report, const struct pl_question *question)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;
	const struct pl_text_options options = {.width = 100};

	if (fuzz_failed(pl_usage_answer(question, report)))
		return;
	if (fuzz_failed(pl_report_text_answers(report, &options, &out)) ||
	    fuzz_failed(pl_report_json(report, &out)))
		abort();
	fuzz_expect_text(&out);
}

static void ask_all(struct pl_report *report)
{
	const char *fields[] = {"page.l*", "index", "*.next"}, *records[] = {"page", "s*"};
	const char *paths[] = {"mm", "*.c"}, *any[] = {"*"};
	const struct pl_question questions[] = {
		{.by = {PL_BY_FIELD},
		 .n_by = 1,
		 .show = 1U << PL_SHOW_COUNTS | 1U << PL_SHOW_IDLE | 1U << PL_SHOW_NAMES |
			 1U << PL_SHOW_SINGLE},
		{.by = {PL_BY_FUNCTION},
		 .n_by = 1,
		 .fields = {fields, 3},
		 .records = {records, 2},
		 .paths = {paths, 2},
		 .functions = {any, 1},
		 .kinds = 1U << PL_ACCESS_READ | 1U << PL_ACCESS_WRITE,
		 .show = 1U << PL_SHOW_USES},
		{.by = {PL_BY_DIRECTORY, PL_BY_FILE, PL_BY_ARCH, PL_BY_FUNCTION},
		 .n_by = 4,
		 .of_byte = true,
		 .byte = 8,
		 .show = 1U << PL_SHOW_USES},
	};

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		ask(report, &questions[i]);
}

/* What `merge` and `check --usage` do with targets of one name. */
static void join(struct pl_report *report)
{
	struct pl_target *first = report->n_targets ? report->targets[0] : NULL;

	for (size_t i = 1; i < report->n_targets; i++) {
		struct pl_target *other = report->targets[i];
		const struct pl_target *const others[] = {other};

		if (!other->usage)
			continue;
		other->name = first->name; /* in one report no two have the same */
		if (first->usage)
			(void)fuzz_failed(pl_usage_merge(first, others, 1));
		if (fuzz_failed(pl_usage_copy(first, other)) || fuzz_failed(pl_map_idle(first)))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	const struct pl_read_request request = {.path = "now"};
	struct pl_bytes bytes = {data, size};

	if (!report || fuzz_failed(pl_report_read(&request, bytes, report)) ||
	    fuzz_failed(fuzz_map(report)))
		return 0;
	if (fuzz_failed(pl_report_merge(report)))
		abort();
	ask_all(report);
	report->answers = NULL;
	join(report);
	fuzz_report(fuzz_pack(), report);
	return 0;
}
