/* SPDX-License-Identifier: MIT */
/* The findings below the tables: in short, one line per occurrence. */
#include "report/text_internal.h"

/* As compilers colour what they say. */
static const char *const colours[PL_SEVERITY_COUNT] = {
	[PL_SEVERITY_NONE] = "",
	[PL_SEVERITY_INFO] = "\033[1;36m",
	[PL_SEVERITY_WARNING] = "\033[1;35m",
	[PL_SEVERITY_ERROR] = "\033[1;31m",
};

const char *pl_severity_colour(enum pl_severity severity)
{
	return colours[severity];
}

void pl_text_paint(struct pl_strbuf *out, const struct pl_text_options *options, const char *colour,
		   const char *text)
{
	if (options->colour)
		pl_strbuf_add(out, colour);
	pl_strbuf_add(out, text);
	if (options->colour)
		pl_strbuf_add(out, "\033[0m");
}

static void add_names(struct pl_strbuf *out, const struct pl_report *report,
		      const struct pl_occurrence *occurrence)
{
	for (size_t i = 0; i < occurrence->n_targets; i++)
		pl_strbuf_printf(out, "%s%s", i ? ", " : "",
				 report->targets[occurrence->targets[i]]->name);
}

static void add_occurrence(struct pl_strbuf *out, const struct pl_report *report,
			   const struct pl_text_options *options,
			   const struct pl_occurrence *occurrence)
{
	const struct pl_finding *finding = occurrence->finding;

	add_names(out, report, occurrence);
	pl_strbuf_add(out, ": ");
	pl_text_paint(out, options, pl_severity_colour(finding->severity),
		      pl_severity_name(finding->severity));
	pl_strbuf_printf(out, ": %s [%s]", finding->message, finding->rule);
	if (finding->state != PL_FINDING_OPEN)
		pl_strbuf_printf(out, " (%s%s%s)", pl_finding_state_name(finding->state),
				 finding->reason ? ": " : "",
				 finding->reason ? finding->reason : "");
	pl_strbuf_add_char(out, '\n');
}

/* Without any target there is no report to speak of, and standard error says why, if it is read. */
void pl_text_failures(const struct pl_report *report, const struct pl_text_options *options,
		      struct pl_strbuf *out)
{
	bool told = report->n_targets || options->alone;

	for (size_t i = 0; told && i < report->n_failures; i++)
		pl_strbuf_printf(out, "%s: could not tell: %s\n", report->failures[i].target,
				 report->failures[i].message);
}

void pl_text_findings(const struct pl_report *report, const struct pl_text_options *options,
		      struct pl_strbuf *out)
{
	for (size_t i = 0; i < report->n_merged; i++)
		for (size_t j = 0; j < report->merged[i].n_occurrences; j++)
			add_occurrence(out, report, options, &report->merged[i].occurrences[j]);
	pl_text_failures(report, options, out);
}
