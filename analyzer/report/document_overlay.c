/* SPDX-License-Identifier: MIT */
/* One overlay, member by member. */
#include "report/document.h"
#include "report/layout_words.h"
#include "report/mark.h"
#include "report/shown.h"

/* The name of a record with "struct" or "union" before it, and what is to be said of its size. */
static void add_head(struct pl_document *document, const struct pl_target *target,
		     const struct pl_overlay *overlay)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf title = PL_STRBUF_INIT;

	pl_strbuf_printf(&title, "%s %s", overlay->record->is_union ? "union" : "struct",
			 overlay->record->name);
	pl_document_title(document, 3, title.text);
	pl_strbuf_printf(document->out, "%ju bytes on %zu host%s, %zu members in use",
			 (uintmax_t)overlay->record->size / 8, overlay->pages,
			 overlay->pages == 1 ? "" : "s", overlay->used);
	if (pl_target_has_pins(target))
		pl_strbuf_printf(document->out, ", %zu pinned", overlay->pinned);
	pl_strbuf_add(document->out, ".\n\n");
	document->out->failed |= title.failed;
}

/* A page is named where it is not that of the touch before. */
static void add_touches(struct pl_document *document, const struct pl_shown *shown,
			struct pl_strbuf *cell)
{
	size_t page = shown->range.page;

	for (size_t i = 0; i < shown->n_touches; i++) {
		const struct pl_common_touch *touch = &shown->touches[i];
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf name = PL_STRBUF_INIT;

		pl_strbuf_add(cell, i ? " " : "");
		if (touch->page != page)
			pl_strbuf_printf(cell, "page %zu ", touch->page);
		page = touch->page;
		pl_strbuf_printf(&name, "%c%s", pl_mark_character(pl_mark_of(touch->relation)),
				 touch->host_field ? touch->host_field : "");
		document->markup->code(cell, name.text);
		cell->failed |= name.failed;
	}
}

static struct pl_error *add_row(struct pl_document *document, struct pl_grid *grid,
				const struct pl_overlay *overlay, const struct pl_shown *shown,
				bool pins)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;

	if (overlay->pages > 1) {
		pl_strbuf_printf(&cell, "%zu", shown->range.page);
		PL_TRY(pl_grid_add(grid, &cell));
	}
	pl_add_numbers(&cell, &shown->range);
	PL_TRY(pl_grid_add(grid, &cell));
	document->markup->code(&cell, shown->item.name);
	PL_TRY(pl_grid_add(grid, &cell));
	document->markup->code(&cell, shown->item.type);
	PL_TRY(pl_grid_add(grid, &cell));
	if (pins) {
		if (shown->in_use)
			pl_strbuf_add(&cell, shown->pinned ? "yes" : "no");
		PL_TRY(pl_grid_add(grid, &cell));
	}
	add_touches(document, shown, &cell);
	return pl_grid_add(grid, &cell);
}

struct pl_error *pl_document_overlay(struct pl_document *document, const struct pl_target *target,
				     const struct pl_overlay *overlay)
{
	const struct pl_record *host = pl_target_record(target, target->host);
	const char *head[PL_GRID_COLUMNS];
	struct pl_shown *shown;
	size_t columns = 0, count;
	bool pins = pl_target_has_pins(target);
	struct pl_grid grid;

	if (overlay->pages > 1)
		head[columns++] = "page";
	head[columns++] = "bytes";
	head[columns++] = "member";
	head[columns++] = "type";
	if (pins)
		head[columns++] = "pinned";
	head[columns++] = "lies on";
	grid = pl_grid_new(document->arena, head, columns);
	PL_TRY(pl_overlay_shown(overlay, host->size, document->arena, &shown, &count));
	for (size_t i = 0; i < count; i++)
		PL_TRY(add_row(document, &grid, overlay, &shown[i], pins));
	add_head(document, target, overlay);
	pl_document_table(document, &grid);
	return NULL;
}
