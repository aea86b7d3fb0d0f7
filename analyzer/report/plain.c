/* SPDX-License-Identifier: MIT */
/* One line per occurrence, as grep and editors take it. */
#include "report/finding_words.h"
#include "report/report.h"

static void add_names(struct pl_strbuf *out, const struct pl_report *report,
		      const struct pl_occurrence *occurrence)
{
	for (size_t i = 0; i < occurrence->n_targets; i++)
		pl_strbuf_printf(out, "%s%s", i ? "," : "",
				 report->targets[occurrence->targets[i]]->name);
}

static void add_occurrence(struct pl_strbuf *out, const struct pl_report *report,
			   const struct pl_occurrence *occurrence)
{
	const struct pl_finding *finding = occurrence->finding;
	const struct pl_place *place = pl_finding_shown_at(finding);

	if (place)
		pl_add_place(out, place);
	else
		add_names(out, report, occurrence);
	pl_strbuf_printf(out, ": %s: %s [%s]\n", pl_severity_name(finding->severity),
			 pl_finding_words(finding), finding->rule);
}

struct pl_error *pl_report_plain(const struct pl_report *report, struct pl_strbuf *ret)
{
	for (size_t i = 0; i < report->n_merged; i++) {
		const struct pl_occurrence *occurrence;
		size_t at = 0;

		while ((occurrence = pl_next_in_state(&report->merged[i], PL_FINDING_OPEN, &at)))
			add_occurrence(ret, report, occurrence);
	}
	for (size_t i = 0; i < report->n_failures; i++)
		pl_strbuf_printf(ret, "%s: error: could not tell: %s\n", report->failures[i].target,
				 report->failures[i].message);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
