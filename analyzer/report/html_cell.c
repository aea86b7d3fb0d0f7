/* SPDX-License-Identifier: MIT */
/* The pieces of a cell: what is there to see, and what is told of it on hover or focus. */
#include "report/html_internal.h"
#include "report/layout_words.h"

/* The leaf of CELL's record with this index. */
static const struct pl_field *field_at(const struct pl_html_cell *cell,
				       const struct pl_record *host, size_t index)
{
	return cell->overlay ? cell->overlay->members[index].field : &host->fields[index];
}

static void add_place(struct pl_html *html, const struct pl_record *record,
		      const struct pl_field *field)
{
	struct pl_place place = pl_record_place(record, field);

	if (!place.file)
		return;
	pl_html_around(html, ", declared at ", place.file, "");
	if (place.line)
		pl_strbuf_printf(html->out, ":%u", place.line);
}

void pl_html_common_touch(struct pl_html *html, const struct pl_common_touch *touch)
{
	const char mark[] = {pl_mark_character(pl_mark_of(touch->relation)), '\0'};

	if (!touch->host_field) {
		pl_strbuf_add(html->out, " beyond the host's end");
		return;
	}
	pl_html_around(html, " <code>", mark, "");
	pl_html_around(html, "", touch->host_field, "</code>");
}

/* A page is named where it is not that of the touch before. */
void pl_html_touches(struct pl_html *html, const struct pl_member *member)
{
	size_t page = member->range.page;

	for (size_t i = 0; i < member->n_touches; i++) {
		const struct pl_touch *touch = &member->touches[i];
		const struct pl_common_touch common = {touch->host_field ? touch->host_field->path
									 : NULL,
						       touch->range.page, touch->relation};

		if (touch->range.page != page)
			pl_strbuf_printf(html->out, " page %zu", touch->range.page);
		page = touch->range.page;
		pl_html_common_touch(html, &common);
	}
}

/* A leaf of the item that PIECE shows. */
static void add_leaf(struct pl_html *html, const struct pl_html_cell *cell,
		     const struct pl_record *record, const struct pl_field *field,
		     const struct pl_member *member)
{
	struct pl_bit_range range = {0, field->offset, field->size};

	pl_html_around(html, "<p><b>", record->name, ".");
	pl_html_name(html->out, field->path);
	pl_html_around(html, "</b> <code>", field->type, "</code>, ");
	if (cell->overlay && cell->overlay->pages > 1)
		pl_strbuf_printf(html->out, "page %zu, ", member->range.page);
	pl_strbuf_add(html->out, "bytes ");
	pl_add_numbers(html->out, member ? &member->range : &range);
	add_place(html, record, field);
	if (member && member->n_touches) {
		pl_strbuf_add(html->out, "; on");
		pl_html_touches(html, member);
	}
	if (member && pl_html_differs(html, record->name, field->path))
		pl_strbuf_add(html->out, "; ≠ not the same on all targets");
	pl_strbuf_add(html->out, "</p>");
}

/* Whether FIELD of RECORD is shown as PIECE, whose page begins BASE bits into the record. */
static bool is_of(const struct pl_piece *piece, const struct pl_record *record,
		  const struct pl_field *field, uint64_t base)
{
	struct pl_item item = pl_item_of(record, field);
	struct pl_item leaf = {.offset = field->offset, .size = field->size};
	const struct pl_row bits = {base + piece->range.offset, piece->range.size};

	return item.name == piece->name && pl_item_is_on(&leaf, &bits);
}

static const struct pl_record *host_of(const struct pl_html *html, const struct pl_html_cell *cell)
{
	const struct pl_target *target = html->report->targets[cell->target];

	return pl_target_record(target, target->host);
}

static void add_leaves(struct pl_html *html, const struct pl_html_cell *cell,
		       const struct pl_piece *piece)
{
	const struct pl_record *host = host_of(html, cell);
	const struct pl_record *record = cell->overlay ? cell->overlay->record : host;
	size_t count = cell->overlay ? cell->overlay->n_members : host->n_fields;
	uint64_t base = cell->overlay ? cell->page * host->size : 0;

	for (size_t i = 0; i < count; i++) {
		const struct pl_field *field = field_at(cell, host, i);

		if (is_of(piece, record, field, base))
			add_leaf(html, cell, record, field,
				 cell->overlay ? &cell->overlay->members[i] : NULL);
	}
}

static void add_unused(struct pl_html *html, const struct pl_html_cell *cell,
		       const struct pl_piece *piece)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_html_around(html, "<p>unused by <b>", cell->overlay->record->name, "</b>");
	if (piece->unused) {
		pl_strbuf_printf(&text, ": %s, bytes ", pl_unused_why_name(piece->unused->why));
		pl_add_numbers(&text, &piece->unused->range);
		pl_strbuf_add(&text, piece->n_branches ? " with " : ", always");
		pl_add_condition(&text, cell->overlay->record, piece->unused);
	}
	pl_html_around(html, "", text.text, "</p>");
	html->out->failed |= text.failed;
}

/* Whether a leaf that PIECE stands for is not the same on all targets. */
static bool differs(const struct pl_html *html, const struct pl_html_cell *cell,
		    const struct pl_piece *piece)
{
	const struct pl_overlay *overlay = cell->overlay;

	if (!overlay || !piece->name)
		return false;
	for (size_t i = 0; i < overlay->n_members; i++)
		if (pl_item_of(overlay->record, overlay->members[i].field).name == piece->name &&
		    pl_html_differs(html, overlay->record->name, overlay->members[i].field->path))
			return true;
	return false;
}

static void add_mark(struct pl_html *html, const struct pl_piece *piece)
{
	const char mark[] = {pl_mark_character(piece->mark), '\0'};

	if (piece->mark == PL_MARK_HOST)
		return;
	/* The joiner keeps the mark on the line of the name: a browser breaks behind '-'. */
	pl_html_around(html, "<b aria-hidden=\"true\">", mark, "</b>&#x2060;");
	if (piece->name)
		pl_html_around(html, "<span class=\"vh\">", pl_mark_words(piece->mark),
			       ": </span>");
}

static void add_piece(struct pl_html *html, const struct pl_html_cell *cell,
		      const struct pl_piece *piece, size_t number)
{
	bool different = differs(html, cell, piece);

	pl_strbuf_printf(html->out,
			 "<div class=\"m %s%s\" tabindex=\"0\" role=\"group\" "
			 "aria-describedby=\"t%zup%zur%zuc%zui%zu\">",
			 pl_mark_name(piece->mark), different ? " d" : "", cell->target, cell->page,
			 cell->row, cell->column, number);
	add_mark(html, piece);
	pl_html_name(html->out, piece->name ? piece->name : "unused");
	if (piece->range.size != cell->bits->size) {
		pl_strbuf_add(html->out, " <small>");
		pl_add_numbers(html->out, &piece->range);
		pl_strbuf_add(html->out, "</small>");
	}
	if (different)
		pl_strbuf_add(html->out, "<b class=\"ne\" aria-hidden=\"true\">≠</b>");
	pl_strbuf_printf(html->out,
			 "<div class=\"tip\" role=\"tooltip\" id=\"t%zup%zur%zuc%zui%zu\">",
			 cell->target, cell->page, cell->row, cell->column, number);
	if (piece->name)
		add_leaves(html, cell, piece);
	else
		add_unused(html, cell, piece);
	pl_strbuf_add(html->out, "</div></div>");
}

void pl_html_pieces(struct pl_html *html, const struct pl_html_cell *cell,
		    const struct pl_lanes *lanes)
{
	size_t number = 0;

	pl_strbuf_add(html->out, "<div class=\"lanes\">");
	for (size_t i = 0; i < lanes->count; i++) {
		pl_strbuf_add(html->out, "<div>");
		for (size_t j = 0; j < lanes->list[i].count; j++)
			add_piece(html, cell, &lanes->list[i].pieces[j], number++);
		pl_strbuf_add(html->out, "</div>");
	}
	pl_strbuf_add(html->out, "</div>");
}
