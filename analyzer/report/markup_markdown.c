/* SPDX-License-Identifier: MIT */
/* GitHub's Markdown. Tables are aligned, because mails show them as they are. */
#include "report/document.h"
#include "report/escape.h"
#include "report/markup.h"
#include "report/report.h"

static void add_title(struct pl_strbuf *out, unsigned level, const char *title)
{
	for (unsigned i = 0; i < level; i++)
		pl_strbuf_add_char(out, '#');
	pl_strbuf_printf(out, " %s\n\n", title);
}

static void add_row(struct pl_strbuf *out, const char *const *cells, size_t count,
		    const size_t *widths)
{
	for (size_t i = 0; i < count; i++) {
		pl_strbuf_add(out, "| ");
		pl_grid_pad(out, cells[i], widths[i]);
		pl_strbuf_add_char(out, ' ');
	}
	pl_strbuf_add(out, "|\n");
}

/* A rule has three dashes at least where readers are strict. */
static void add_rule(struct pl_strbuf *out, size_t count, const size_t *widths)
{
	for (size_t i = 0; i < count; i++) {
		pl_strbuf_add(out, "|-");
		for (size_t j = 0; j < widths[i]; j++)
			pl_strbuf_add_char(out, '-');
		pl_strbuf_add_char(out, '-');
	}
	pl_strbuf_add(out, "|\n");
}

static void add_table(struct pl_strbuf *out, const struct pl_grid *grid)
{
	size_t widths[PL_GRID_COLUMNS];

	pl_grid_widths(grid, widths);
	add_row(out, grid->head, grid->columns, widths);
	add_rule(out, grid->columns, widths);
	for (size_t i = 0; i < grid->count; i += grid->columns)
		add_row(out, &grid->cells[i], grid->columns, widths);
	pl_strbuf_add_char(out, '\n');
}

const struct pl_markup pl_markdown = {
	.text = pl_markdown_text,
	.code = pl_markdown_cell_code,
	.title = add_title,
	.table = add_table,
};

struct pl_error *pl_report_markdown(const struct pl_report *report, struct pl_strbuf *ret)
{
	return pl_document(&pl_markdown, report, ret);
}

struct pl_error *pl_report_markdown_findings(const struct pl_report *report, struct pl_strbuf *ret)
{
	return pl_document_findings(&pl_markdown, report, ret);
}
