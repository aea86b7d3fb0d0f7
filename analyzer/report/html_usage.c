/* SPDX-License-Identifier: MIT */
/*
 * What code does with the bytes of a cell. A cell says how many accesses there
 * are, and leads to a list of the first of them below the maps: of what a whole
 * kernel does with a flag word, no page could show all.
 */
#include <string.h>

#include "report/html_internal.h"
#include "report/layout_words.h"

/* So many accesses of a cell are listed. */
enum { LISTED = 20 };

/* The column of TARGET that shows RECORD; PL_NONE where none does. */
static size_t column_of(const struct pl_target *target, const char *record)
{
	if (!strcmp(record, target->host))
		return 0;
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, record))
			return i + 1;
	return PL_NONE;
}

static struct pl_error *add_access(struct pl_html *html, struct pl_html_uses *uses,
				   const struct pl_access *access)
{
	const struct pl_access **list =
		pl_arena_grow(html->arena, uses->list, uses->count, &uses->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	uses->list = list;
	list[uses->count++] = access;
	return NULL;
}

/* Puts ACCESS behind every cell that has some of its bits, also on later pages. */
static struct pl_error *place_access(struct pl_html *html, const struct pl_target *target,
				     const struct pl_access *access)
{
	struct pl_html_usage *usage = html->usage;
	size_t column = column_of(target, access->record);
	uint64_t size = pl_target_record(target, target->host)->size;
	struct pl_bit_range range;

	if (column == PL_NONE || !access->field || !pl_target_access_range(target, access, &range))
		return NULL;
	for (size_t page = range.page; page < usage->n_pages; page++)
		for (size_t r = 0; r < usage->n_rows; r++)
			if (pl_row_has_bits(&usage->rows[r], page, size, &range))
				PL_TRY(add_access(html, pl_html_uses_at(usage, page, r, column),
						  access));
	return NULL;
}

struct pl_html_uses *pl_html_uses_at(const struct pl_html_usage *usage, size_t page, size_t row,
				     size_t column)
{
	return &usage->uses[(page * usage->n_rows + row) * usage->n_columns + column];
}

struct pl_error *pl_html_usage_read(struct pl_html *html, const struct pl_target *target)
{
	struct pl_html_usage *usage;

	if (!target->usage)
		return NULL;
	usage = pl_arena_alloc(html->arena, sizeof(*usage));
	if (!usage)
		return pl_error_no_memory();
	PL_TRY(pl_host_rows(target, html->arena, &usage->rows, &usage->n_rows));
	usage->n_pages = pl_most_pages(target);
	usage->n_columns = target->n_overlays + 1;
	usage->uses = pl_arena_array(html->arena, usage->n_pages * usage->n_rows * usage->n_columns,
				     sizeof(*usage->uses));
	if (!usage->uses)
		return pl_error_no_memory();
	html->usage = usage;
	for (size_t i = 0; i < target->usage->n_accesses; i++)
		PL_TRY(place_access(html, target, &target->usage->accesses[i]));
	return NULL;
}

void pl_html_use_link(struct pl_html *html, const struct pl_html_cell *cell)
{
	const struct pl_html_uses *uses;

	if (!html->usage || !cell->bits)
		return;
	uses = pl_html_uses_at(html->usage, cell->page, cell->row, cell->column);
	if (uses->count)
		pl_strbuf_printf(html->out,
				 "<a class=\"uses\" href=\"#t%zup%zur%zuc%zuu\">%zu "
				 "access%s</a> ",
				 cell->target, cell->page, cell->row, cell->column, uses->count,
				 uses->count == 1 ? "" : "es");
}

/* "3 read, 1 write", by kind. */
static void add_kinds(struct pl_html *html, const struct pl_html_uses *uses)
{
	size_t counts[PL_ACCESS_KIND_COUNT] = {0};
	const char *between = "";

	for (size_t i = 0; i < uses->count; i++)
		counts[uses->list[i]->kind]++;
	for (int i = 0; i < PL_ACCESS_KIND_COUNT; i++) {
		if (!counts[i])
			continue;
		pl_strbuf_printf(html->out, "%s%zu %s", between, counts[i],
				 pl_access_kind_name((enum pl_access_kind)i));
		between = ", ";
	}
}

static void add_cell_of(struct pl_html *html, const char *text)
{
	pl_strbuf_add(html->out, "<td>");
	pl_html_name(html->out, text ? text : "");
	pl_strbuf_add(html->out, "</td>");
}

static void add_use(struct pl_html *html, const struct pl_access *access)
{
	pl_strbuf_add(html->out, "<tr><th scope=\"row\">");
	pl_html_name(html->out, access->spot.place.file ? access->spot.place.file : "unknown");
	if (access->spot.place.line)
		pl_strbuf_printf(html->out, ":%u", access->spot.place.line);
	pl_strbuf_add(html->out, "</th>");
	add_cell_of(html, access->spot.function);
	add_cell_of(html, pl_access_kind_name(access->kind));
	add_cell_of(html, access->field);
	add_cell_of(html, access->spot.through);
	add_cell_of(html, access->callee);
	add_cell_of(html, access->bits);
	pl_strbuf_add(html->out, "</tr>\n");
}

static void add_uses(struct pl_html *html, const char *record, const struct pl_bit_range *range,
		     const struct pl_html_uses *uses)
{
	pl_html_around(html, "<summary>", record, ", ");
	pl_strbuf_printf(html->out, "page %zu, bytes ", range->page);
	pl_add_numbers(html->out, range);
	pl_strbuf_add(html->out, ": ");
	add_kinds(html, uses);
	pl_strbuf_add(html->out, "</summary>\n<div class=\"wide\"><table class=\"uses\"><caption>");
	if (uses->count > LISTED)
		pl_strbuf_printf(html->out, "the first %d of %zu accesses", LISTED, uses->count);
	else
		pl_strbuf_add(html->out, "accesses");
	pl_strbuf_add(html->out,
		      "</caption>\n<thead><tr><th scope=\"col\">place</th>"
		      "<th scope=\"col\">function</th><th scope=\"col\">kind</th>"
		      "<th scope=\"col\">field</th><th scope=\"col\">through</th>"
		      "<th scope=\"col\">handed to</th><th scope=\"col\">bits</th></tr></thead>\n"
		      "<tbody>\n");
	for (size_t i = 0; i < uses->count && i < LISTED; i++)
		add_use(html, uses->list[i]);
	pl_strbuf_add(html->out, "</tbody></table></div></details>\n");
}

/* The list behind one cell; nothing where there is no access. */
static void add_cell(struct pl_html *html, size_t index, size_t page, size_t row, size_t column)
{
	const struct pl_target *target = html->report->targets[index];
	const struct pl_html_uses *uses = pl_html_uses_at(html->usage, page, row, column);
	const struct pl_bit_range range = {page, html->usage->rows[row].offset,
					   html->usage->rows[row].size};

	if (!uses->count)
		return;
	pl_strbuf_printf(html->out, "<details id=\"t%zup%zur%zuc%zuu\">", index, page, row, column);
	add_uses(html, column ? target->overlays[column - 1].record->name : target->host, &range,
		 uses);
}

void pl_html_usage(struct pl_html *html, size_t index)
{
	const struct pl_html_usage *usage = html->usage;
	const struct pl_usage *read = html->report->targets[index]->usage;

	if (!usage)
		return;
	pl_strbuf_printf(html->out,
			 "<h3>What code does with these bytes</h3>\n<p>%zu accesses in %zu of %zu "
			 "units. Accesses to a whole record are behind no cell.</p>\n",
			 read->n_accesses, read->read, read->units);
	for (size_t c = 0; c < usage->n_columns; c++)
		for (size_t page = 0; page < usage->n_pages; page++)
			for (size_t r = 0; r < usage->n_rows; r++)
				add_cell(html, index, page, r, c);
}
