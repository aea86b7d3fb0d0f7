/* SPDX-License-Identifier: MIT */
/*
 * reStructuredText, with the simple tables that the kernel's documentation
 * prefers because they can be read as they are. What is in the first column is
 * never empty: such a row would go on with the one before.
 */
#include <string.h>

#include "report/document.h"
#include "report/escape.h"
#include "report/markup.h"
#include "report/report.h"

static void add_line(struct pl_strbuf *out, char c, size_t length)
{
	while (length--)
		pl_strbuf_add_char(out, c);
}

static void add_title(struct pl_strbuf *out, unsigned level, const char *title)
{
	static const char lines[] = {'=', '=', '-', '~'};

	pl_strbuf_printf(out, "%s\n", title);
	add_line(out, lines[level], strlen(title));
	pl_strbuf_add(out, "\n\n");
}

static void add_border(struct pl_strbuf *out, size_t count, const size_t *widths)
{
	for (size_t i = 0; i < count; i++) {
		pl_strbuf_add(out, i ? "  " : "");
		add_line(out, '=', widths[i]);
	}
	pl_strbuf_add_char(out, '\n');
}

static void add_row(struct pl_strbuf *out, const char *const *cells, size_t count,
		    const size_t *widths)
{
	size_t last = count;

	while (last > 1 && !*cells[last - 1])
		last--;
	for (size_t i = 0; i < last; i++) {
		pl_strbuf_add(out, i ? "  " : "");
		pl_grid_pad(out, cells[i], i + 1 < last ? widths[i] : 0);
	}
	pl_strbuf_add_char(out, '\n');
}

static void add_table(struct pl_strbuf *out, const struct pl_grid *grid)
{
	size_t widths[PL_GRID_COLUMNS];

	pl_grid_widths(grid, widths);
	add_border(out, grid->columns, widths);
	add_row(out, grid->head, grid->columns, widths);
	add_border(out, grid->columns, widths);
	for (size_t i = 0; i < grid->count; i += grid->columns)
		add_row(out, &grid->cells[i], grid->columns, widths);
	add_border(out, grid->columns, widths);
	pl_strbuf_add_char(out, '\n');
}

const struct pl_markup pl_rst = {
	.text = pl_rst_text,
	.code = pl_rst_literal,
	.title = add_title,
	.table = add_table,
};

struct pl_error *pl_report_rst(const struct pl_report *report, struct pl_strbuf *ret)
{
	return pl_document(&pl_rst, report, ret);
}

struct pl_error *pl_report_rst_findings(const struct pl_report *report, struct pl_strbuf *ret)
{
	return pl_document_findings(&pl_rst, report, ret);
}
