/* SPDX-License-Identifier: MIT */
/*
 * The table: one column per overlay, and rows (report/rows.h). Columns are as
 * wide as their widest entry; when they do not fit side by side, the table
 * goes on in further panels, each with the host's column.
 */
#include <string.h>

#include "report/text_internal.h"

/* Between columns, and the least that the column of offsets has: its title. */
enum { GAP = 2, OFFSET_WIDTH = sizeof("byte") - 1 };

struct column {
	const char *title;
	const struct pl_overlay *overlay; /* NULL: the host itself */
	struct pl_cell *cells;		  /* one per row */
	size_t width;
};

struct table {
	struct pl_arena *arena;
	const struct pl_text_options *options;
	struct pl_strbuf *out;
	struct pl_row *rows;
	char **offsets; /* one per row: its first byte, its last too where it is folded */
	size_t n_rows;
	size_t offset_width;
	struct column *columns; /* the first is the host's */
	size_t n_columns;
};

/* The mark and, for another alternative, the bar before it. */
static size_t entry_width(const struct pl_entry *entry)
{
	bool plain = entry->alternative && entry->mark == PL_MARK_ALIGNED;

	return strlen(entry->text) + entry->alternative +
	       (pl_mark_character(entry->mark) && !plain);
}

static void measure(const struct table *table, struct column *column)
{
	column->width = strlen(column->title);
	for (size_t r = 0; r < table->n_rows; r++) {
		for (size_t i = 0; i < column->cells[r].count; i++) {
			size_t width = entry_width(&column->cells[r].entries[i]);

			if (width > column->width)
				column->width = width;
		}
	}
}

static struct pl_error *fill_offsets(struct table *table)
{
	table->offset_width = OFFSET_WIDTH;
	table->offsets = pl_arena_array(table->arena, table->n_rows, sizeof(*table->offsets));
	if (!table->offsets)
		return pl_error_no_memory();
	for (size_t r = 0; r < table->n_rows; r++) {
		const struct pl_row *row = &table->rows[r];
		uintmax_t first = row->offset / 8, last = (row->offset + row->size) / 8 - 1;
		char *text = pl_row_is_folded(row)
				     ? pl_arena_printf(table->arena, "%ju-%ju", first, last)
				     : pl_arena_printf(table->arena, "%ju", first);

		if (!text)
			return pl_error_no_memory();
		table->offsets[r] = text;
		if (strlen(text) > table->offset_width)
			table->offset_width = strlen(text);
	}
	return NULL;
}

static struct pl_error *fill_column(struct table *table, struct column *column,
				    const struct pl_record *host, size_t page)
{
	column->cells = pl_arena_array(table->arena, table->n_rows, sizeof(*column->cells));
	if (!column->cells)
		return pl_error_no_memory();
	for (size_t r = 0; r < table->n_rows; r++) {
		struct pl_cell *cell = &column->cells[r];
		const struct pl_row *row = &table->rows[r];

		if (column->overlay)
			PL_TRY(pl_text_overlay_cell(column->overlay, page * host->size, row,
						    table->arena, cell));
		else
			PL_TRY(pl_text_host_cell(host, row, table->arena, cell));
		if (table->options->compact && cell->count)
			PL_TRY(pl_text_shorten(cell, table->arena));
	}
	measure(table, column);
	return NULL;
}

static struct pl_error *fill_columns(struct table *table, const struct pl_target *target,
				     const struct pl_record *host, size_t page)
{
	table->columns =
		pl_arena_array(table->arena, target->n_overlays + 1, sizeof(*table->columns));
	if (!table->columns)
		return pl_error_no_memory();
	table->columns[0].title = host->name;
	table->n_columns = 1;
	for (size_t i = 0; i < target->n_overlays; i++) {
		struct column *column = &table->columns[table->n_columns];

		if (page >= target->overlays[i].pages)
			continue;
		column->overlay = &target->overlays[i];
		column->title = column->overlay->record->name;
		table->n_columns++;
	}
	for (size_t i = 0; i < table->n_columns; i++)
		PL_TRY(fill_column(table, &table->columns[i], host, page));
	return NULL;
}

static void pad(struct pl_strbuf *line, size_t column)
{
	while (line->length < column && !line->failed)
		pl_strbuf_add_char(line, ' ');
}

/* ENTRY with its escapes; its visible width is entry_width(). */
static void add_entry(const struct table *table, struct pl_strbuf *out,
		      const struct pl_entry *entry)
{
	const char *colour = table->options->colour ? pl_mark_colour(entry->mark) : "";
	char mark = pl_mark_character(entry->mark);

	pl_strbuf_add(out, colour);
	if (entry->alternative)
		pl_strbuf_add_char(out, '|');
	if (mark && !(entry->alternative && entry->mark == PL_MARK_ALIGNED))
		pl_strbuf_add_char(out, mark);
	pl_strbuf_add(out, entry->text);
	if (*colour)
		pl_strbuf_add(out, "\033[0m");
}

static void add_spaces(struct pl_strbuf *out, size_t count)
{
	while (count--)
		pl_strbuf_add_char(out, ' ');
}

static void trim_end(struct pl_strbuf *out)
{
	size_t length = out->length;

	while (length && out->text[length - 1] == ' ')
		length--;
	pl_strbuf_truncate(out, length);
}

static const struct column *panel_column(const struct table *table, size_t first, size_t i)
{
	return &table->columns[i ? first + i - 1 : 0];
}

/* Line LINE of row R, of the host's column and COUNT - 1 others from FIRST on; false after the
 * last one. */
static bool print_line(const struct table *table, size_t r, size_t line, size_t first, size_t count)
{
	struct pl_strbuf *out = table->out;
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any |= line < panel_column(table, first, i)->cells[r].count;
	if (!any && line)
		return false;
	pl_strbuf_printf(out, "%*s", (int)table->offset_width, line ? "" : table->offsets[r]);
	for (size_t i = 0; i < count; i++) {
		const struct column *column = panel_column(table, first, i);
		const struct pl_cell *cell = &column->cells[r];
		size_t width = 0;

		add_spaces(out, GAP);
		if (line < cell->count) {
			add_entry(table, out, &cell->entries[line]);
			width = entry_width(&cell->entries[line]);
		}
		add_spaces(out, column->width - width);
	}
	trim_end(out);
	pl_strbuf_add_char(out, '\n');
	return true;
}

static void print_panel(const struct table *table, size_t first, size_t count)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf head = PL_STRBUF_INIT;

	pl_strbuf_printf(&head, "%*s", (int)table->offset_width, "byte");
	for (size_t i = 0, at = table->offset_width + GAP; i < count; i++) {
		const struct column *column = panel_column(table, first, i);

		pad(&head, at);
		pl_strbuf_add(&head, column->title);
		at += column->width + GAP;
	}
	if (table->options->colour)
		pl_strbuf_printf(table->out, "\033[4m%s\033[0m\n", head.text);
	else
		pl_strbuf_printf(table->out, "%s\n", head.text);
	table->out->failed |= head.failed;
	for (size_t r = 0; r < table->n_rows; r++)
		for (size_t line = 0; print_line(table, r, line, first, count); line++)
			;
}

/* How many columns from FIRST on fit beside the host's: at least one. */
static size_t columns_that_fit(const struct table *table, size_t first)
{
	size_t width = table->offset_width + GAP + table->columns[0].width, count = 0;

	while (first + count < table->n_columns) {
		width += GAP + table->columns[first + count].width;
		if (count && width > table->options->width)
			break;
		count++;
	}
	return count;
}

static void print_table(const struct table *table)
{
	size_t first = 1;

	do {
		size_t count = columns_that_fit(table, first);

		if (first > 1)
			pl_strbuf_add_char(table->out, '\n');
		print_panel(table, first, count + 1);
		first += count;
	} while (first < table->n_columns);
}

struct pl_error *pl_text_table(const struct pl_target *target, size_t page,
			       const struct pl_text_options *options, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	const struct pl_record *host = pl_target_record(target, target->host);
	struct table table = {.arena = arena, .options = options, .out = ret};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_host_rows(target, arena, &table.rows, &table.n_rows));
	PL_TRY(fill_offsets(&table));
	PL_TRY(fill_columns(&table, target, host, page));
	print_table(&table);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
