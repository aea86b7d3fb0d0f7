/* SPDX-License-Identifier: MIT */
/* The findings, one row per occurrence, and what could not be told. */
#include "report/document.h"
#include "report/finding_words.h"
#include "report/layout_words.h"

static struct pl_error *add_text(struct pl_document *document, struct pl_grid *grid,
				 const char *text)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;

	document->markup->text(&cell, text);
	return pl_grid_add(grid, &cell);
}

/* Which bits of which page; nothing where it is about none. */
static struct pl_error *add_where(struct pl_grid *grid, const struct pl_finding *finding)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;

	if (finding->range.page)
		pl_strbuf_printf(&cell, "page %zu, ", finding->range.page);
	if (finding->range.size)
		pl_add_numbers(&cell, &finding->range);
	return pl_grid_add(grid, &cell);
}

static struct pl_error *add_targets(struct pl_document *document, struct pl_grid *grid,
				    const struct pl_occurrence *occurrence)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf names = PL_STRBUF_INIT;
	struct pl_error *error;

	pl_add_targets(&names, document->report, occurrence);
	error = add_text(document, grid, names.text);
	return error || !names.failed ? error : pl_error_no_memory();
}

/* The message with the place where it is shown, and the reason if it is accepted. */
static struct pl_error *add_words(struct pl_document *document, struct pl_grid *grid,
				  const struct pl_finding *finding)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf words = PL_STRBUF_INIT;
	const struct pl_place *place = pl_finding_shown_at(finding);
	struct pl_error *error;

	if (place) {
		pl_add_place(&words, place);
		pl_strbuf_add(&words, ": ");
	}
	pl_strbuf_add(&words, pl_finding_words(finding));
	if (finding->reason)
		pl_strbuf_printf(&words, " (%s)", finding->reason);
	error = add_text(document, grid, words.text);
	return error || !words.failed ? error : pl_error_no_memory();
}

static struct pl_error *add_occurrence(struct pl_document *document, struct pl_grid *grid,
				       const struct pl_occurrence *occurrence)
{
	const struct pl_finding *finding = occurrence->finding;

	PL_TRY(add_text(document, grid, pl_severity_name(finding->severity)));
	PL_TRY(add_text(document, grid, finding->rule));
	PL_TRY(add_text(document, grid, pl_finding_state_name(finding->state)));
	PL_TRY(add_targets(document, grid, occurrence));
	PL_TRY(add_where(grid, finding));
	return add_words(document, grid, finding);
}

static void add_failures(struct pl_document *document)
{
	const struct pl_report *report = document->report;

	for (size_t i = 0; i < report->n_failures; i++) {
		pl_strbuf_add(document->out, "- could not tell ");
		document->markup->text(document->out, report->failures[i].target);
		pl_strbuf_add(document->out, ": ");
		document->markup->text(document->out, report->failures[i].message);
		pl_strbuf_add_char(document->out, '\n');
	}
	if (report->n_failures)
		pl_strbuf_add_char(document->out, '\n');
}

struct pl_error *pl_document_list_findings(struct pl_document *document)
{
	static const char *const head[] = {"severity", "rule", "state", "targets", "bytes", "what"};
	const struct pl_report *report = document->report;
	struct pl_grid grid = pl_grid_new(document->arena, head, sizeof(head) / sizeof(*head));

	for (size_t i = 0; i < report->n_merged; i++)
		for (size_t j = 0; j < report->merged[i].n_occurrences; j++)
			PL_TRY(add_occurrence(document, &grid, &report->merged[i].occurrences[j]));
	pl_document_title(document, 2, "Findings");
	pl_strbuf_printf(document->out, "%zu on %zu target%s; verdict: %s.\n\n", report->n_merged,
			 report->n_targets, report->n_targets == 1 ? "" : "s",
			 pl_verdict_name(pl_report_verdict(report)));
	pl_document_table(document, &grid);
	add_failures(document);
	return NULL;
}
