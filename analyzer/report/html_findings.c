/* SPDX-License-Identifier: MIT */
/* Findings, and the way from them to their bytes and back. */
#include <string.h>

#include "report/finding_words.h"
#include "report/html_internal.h"

static bool is_on_target(const struct pl_occurrence *occurrence, size_t target)
{
	for (size_t i = 0; i < occurrence->n_targets; i++)
		if (occurrence->targets[i] == target)
			return true;
	return false;
}

/* The column of TARGET that FINDING is about; PL_NONE where none is. */
static size_t column_of(const struct pl_target *target, const struct pl_finding *finding)
{
	if (!finding->overlay || !strcmp(finding->overlay, target->host))
		return 0;
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, finding->overlay))
			return i + 1;
	return PL_NONE;
}

/* Whether the first bit that FINDING is about has a row in the map of TARGET. */
static bool is_on_map(const struct pl_target *target, size_t column,
		      const struct pl_finding *finding)
{
	const struct pl_record *host = pl_target_record(target, target->host);
	size_t pages = column ? target->overlays[column - 1].pages : pl_most_pages(target);

	return finding->range.size && finding->range.page < pages &&
	       finding->range.offset < host->size;
}

static bool is_about(const struct pl_html *html, const struct pl_html_cell *cell,
		     const struct pl_finding *finding)
{
	const struct pl_target *target = html->report->targets[cell->target];
	const struct pl_record *host = pl_target_record(target, target->host);

	if (column_of(target, finding) != cell->column)
		return false;
	if (!is_on_map(target, cell->column, finding))
		return !cell->bits && !cell->page;
	return cell->bits && pl_row_has_bits(cell->bits, cell->page, host->size, &finding->range);
}

static bool shows_on(const struct pl_merged_finding *merged, size_t target)
{
	for (size_t i = 0; i < merged->n_occurrences; i++)
		if (is_on_target(&merged->occurrences[i], target))
			return true;
	return false;
}

struct pl_error *pl_html_findings_read(struct pl_html *html, size_t index)
{
	const struct pl_report *report = html->report;

	html->n_findings = 0;
	html->findings = pl_arena_array(html->arena, report->n_merged, sizeof(*html->findings));
	if (!html->findings)
		return pl_error_no_memory();
	for (size_t i = 0; i < report->n_merged; i++)
		if (shows_on(&report->merged[i], index))
			html->findings[html->n_findings++] = i;
	return NULL;
}

static void add_link(struct pl_html *html, size_t index)
{
	const struct pl_finding *first = html->report->merged[index].occurrences[0].finding;

	pl_strbuf_printf(html->out, "<a class=\"finding %s\" href=\"#f%zu\" title=\"",
			 pl_severity_name(first->severity), index + 1);
	pl_html_around(html, "", first->rule, "\">");
	pl_strbuf_printf(html->out, "!%zu</a> ", index + 1);
}

void pl_html_finding_links(struct pl_html *html, const struct pl_html_cell *cell)
{
	for (size_t i = 0; i < html->n_findings; i++) {
		const struct pl_merged_finding *merged = &html->report->merged[html->findings[i]];
		bool about = false;

		for (size_t j = 0; j < merged->n_occurrences && !about; j++)
			about = is_on_target(&merged->occurrences[j], cell->target) &&
				is_about(html, cell, merged->occurrences[j].finding);
		if (about)
			add_link(html, html->findings[i]);
	}
}

/* The row of target INDEX on which the bit at OFFSET is; every link asks, so the rows are kept. */
static struct pl_error *find_row(struct pl_html *html, size_t index, uint64_t offset, size_t *ret)
{
	struct pl_html_rows *rows = &html->rows[index];

	if (!rows->list)
		PL_TRY(pl_host_rows(html->report->targets[index], html->arena, &rows->list,
				    &rows->count));
	for (size_t i = 0; i < rows->count; i++)
		if (rows->list[i].offset <= offset)
			*ret = i;
	return NULL;
}

/* A link to the bytes of FINDING on target INDEX; to its column or its target where it has none. */
static struct pl_error *add_target_link(struct pl_html *html, const struct pl_finding *finding,
					size_t index)
{
	const struct pl_target *target = html->report->targets[index];
	size_t column = column_of(target, finding), row = 0;

	if (column == PL_NONE) {
		pl_strbuf_printf(html->out, "<a href=\"#t%zu\">", index);
	} else if (is_on_map(target, column, finding)) {
		PL_TRY(find_row(html, index, finding->range.offset, &row));
		pl_strbuf_printf(html->out, "<a href=\"#t%zup%zur%zuc%zu\">", index,
				 finding->range.page, row, column);
	} else {
		pl_strbuf_printf(html->out, "<a href=\"#t%zup0c%zu\">", index, column);
	}
	pl_html_around(html, "", target->name, "</a>");
	return NULL;
}

static void add_places(struct pl_html *html, const struct pl_finding *finding)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_place *shown = pl_finding_shown_at(finding);

	if (shown) {
		pl_add_place(&text, shown);
		pl_html_around(html, "; declared at <code>", text.text, "</code>");
	}
	html->out->failed |= text.failed;
}

static struct pl_error *add_occurrence(struct pl_html *html, const struct pl_occurrence *occurrence)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_finding *finding = occurrence->finding;

	pl_html_around(html, "<li>", pl_finding_words(finding), "<br>on ");
	for (size_t i = 0; i < occurrence->n_targets; i++) {
		pl_strbuf_add(html->out, i ? ", " : "");
		PL_TRY(add_target_link(html, finding, occurrence->targets[i]));
	}
	if (finding->range.size) {
		pl_strbuf_printf(&text, "; page %zu, ", finding->range.page);
		pl_add_bits(&text, &finding->range);
		pl_html_around(html, "", text.text, "");
	}
	add_places(html, finding);
	pl_strbuf_printf(html->out, " <span class=\"state %s\">%s</span>",
			 pl_finding_state_name(finding->state),
			 pl_finding_state_name(finding->state));
	if (finding->reason)
		pl_html_around(html, ": ", finding->reason, "");
	pl_strbuf_add(html->out, "</li>\n");
	html->out->failed |= text.failed;
	return NULL;
}

static void add_note(struct pl_html *html, const char *label, const char *text)
{
	if (!text)
		return;
	pl_strbuf_printf(html->out, "<dt>%s</dt>", label);
	pl_html_around(html, "<dd>", text, "</dd>\n");
}

static struct pl_error *add_finding(struct pl_html *html, const struct pl_merged_finding *merged,
				    size_t number)
{
	const struct pl_finding *finding = merged->occurrences[0].finding;
	const struct pl_rule_info *rule = pl_report_rule(html->report, finding->rule);
	const char *severity = pl_severity_name(finding->severity);

	pl_strbuf_printf(html->out,
			 "<article class=\"%s\" id=\"f%zu\" tabindex=\"-1\"><h3>!%zu "
			 "<span class=\"severity\">%s</span> <span class=\"rule\">",
			 severity, number, number, severity);
	pl_html_around(html, "", finding->rule, "</span></h3>\n<ul>\n");
	for (size_t i = 0; i < merged->n_occurrences; i++)
		PL_TRY(add_occurrence(html, &merged->occurrences[i]));
	pl_strbuf_add(html->out, "</ul>\n");
	if (rule) {
		pl_strbuf_add(html->out, "<details><summary>why</summary><dl>\n");
		add_note(html, "rule", rule->title);
		add_note(html, "why", rule->why);
		add_note(html, "since", rule->since);
		add_note(html, "fix", rule->fix);
		pl_strbuf_add(html->out, "</dl></details>\n");
	}
	pl_strbuf_add(html->out, "</article>\n");
	return NULL;
}

struct pl_error *pl_html_findings(struct pl_html *html)
{
	html->rows = pl_arena_array(html->arena, html->report->n_targets, sizeof(*html->rows));
	if (!html->rows)
		return pl_error_no_memory();
	pl_strbuf_add(html->out, "<section class=\"panel\" id=\"findings\"><h2>Findings</h2>\n");
	if (!html->report->n_merged)
		pl_strbuf_add(html->out, "<p>There are none.</p>\n");
	for (size_t i = 0; i < html->report->n_merged; i++)
		PL_TRY(add_finding(html, &html->report->merged[i], i + 1));
	pl_strbuf_add(html->out, "</section>\n");
	return NULL;
}
