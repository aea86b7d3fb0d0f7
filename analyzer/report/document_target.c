/* SPDX-License-Identifier: MIT */
/* One target: what it is, the host, its overlays, and what is unused. */
#include "report/document.h"
#include "report/item.h"
#include "report/layout_words.h"

static void add_head(struct pl_document *document, const struct pl_target *target)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf kind = PL_STRBUF_INIT;

	pl_document_title(document, 2, target->name);
	pl_add_kind_of_target(&kind, target);
	document->markup->text(document->out, kind.text);
	pl_strbuf_printf(document->out, "%sfrom %s.\n\n", kind.length ? ", " : "",
			 pl_source_kind_name(target->source.kind));
	document->out->failed |= kind.failed;
}

static struct pl_error *add_field(struct pl_document *document, struct pl_grid *grid,
				  const struct pl_item *item)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;
	const struct pl_bit_range range = {0, item->offset, item->size};

	pl_add_numbers(&cell, &range);
	PL_TRY(pl_grid_add(grid, &cell));
	document->markup->code(&cell, item->name);
	PL_TRY(pl_grid_add(grid, &cell));
	document->markup->code(&cell, item->type);
	return pl_grid_add(grid, &cell);
}

/* The host's own fields. A record that is shown as one follows itself, leaf by leaf. */
static struct pl_error *add_host(struct pl_document *document, const struct pl_target *target)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf title = PL_STRBUF_INIT;
	static const char *const head[] = {"bytes", "field", "type"};
	const struct pl_record *host = pl_target_record(target, target->host);
	struct pl_grid grid = pl_grid_new(document->arena, head, sizeof(head) / sizeof(*head));
	const char *before = NULL;

	for (size_t i = 0; i < host->n_fields; i++) {
		struct pl_item item = pl_item_of(host, &host->fields[i]);

		if (item.size && item.name != before)
			PL_TRY(add_field(document, &grid, &item));
		before = item.name;
	}
	pl_add_host_name(&title, target);
	pl_document_title(document, 3, title.text);
	pl_strbuf_printf(document->out, "%ju bytes.\n\n", (uintmax_t)host->size / 8);
	pl_document_table(document, &grid);
	document->out->failed |= title.failed;
	return NULL;
}

static struct pl_error *add_range(struct pl_document *document, struct pl_grid *grid,
				  const char *name, const struct pl_bit_range *range)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;

	document->markup->code(&cell, name);
	PL_TRY(pl_grid_add(grid, &cell));
	pl_strbuf_printf(&cell, "%zu", range->page);
	PL_TRY(pl_grid_add(grid, &cell));
	pl_add_numbers(&cell, range);
	return pl_grid_add(grid, &cell);
}

static struct pl_error *add_unused(struct pl_document *document, struct pl_grid *grid,
				   const struct pl_overlay *overlay, const struct pl_unused *unused)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf when = PL_STRBUF_INIT;

	PL_TRY(add_range(document, grid, overlay->record->name, &unused->range));
	pl_strbuf_add(&cell, pl_unused_why_name(unused->why));
	if (unused->pad) {
		pl_strbuf_add_char(&cell, ' ');
		document->markup->code(&cell, unused->pad->path);
	}
	PL_TRY(pl_grid_add(grid, &cell));
	pl_add_condition(&when, overlay->record, unused);
	pl_strbuf_add(&cell, when.length ? "with " : "always");
	document->markup->code(&cell, when.text);
	cell.failed |= when.failed;
	return pl_grid_add(grid, &cell);
}

/* A member of the overlay called NAME that code makes no full use of. */
static struct pl_error *add_idle(struct pl_document *document, struct pl_grid *grid,
				 const char *name, const struct pl_idle *idle)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;

	PL_TRY(add_range(document, grid, name, &idle->range));
	pl_strbuf_printf(&cell, "%s ", pl_idle_why_name(idle->why));
	document->markup->code(&cell, idle->field->path);
	PL_TRY(pl_grid_add(grid, &cell));
	pl_strbuf_add(&cell, "by code, under this name");
	return pl_grid_add(grid, &cell);
}

static struct pl_error *add_overlay_unused(struct pl_document *document, struct pl_grid *grid,
					   const struct pl_overlay *overlay)
{
	for (size_t i = 0; i < overlay->n_unused; i++)
		PL_TRY(add_unused(document, grid, overlay, &overlay->unused[i]));
	for (size_t i = 0; i < overlay->n_idle; i++)
		PL_TRY(add_idle(document, grid, overlay->record->name, &overlay->idle[i]));
	return NULL;
}

/* What no overlay uses belongs to the host. */
static struct pl_error *add_host_unused(struct pl_document *document, struct pl_grid *grid,
					const struct pl_target *target)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf cell = PL_STRBUF_INIT;

	for (size_t i = 0; i < target->n_host_unused; i++) {
		PL_TRY(add_range(document, grid, target->host, &target->host_unused[i]));
		pl_strbuf_add(&cell, "no overlay uses it");
		PL_TRY(pl_grid_add(grid, &cell));
		pl_strbuf_add(&cell, "always");
		PL_TRY(pl_grid_add(grid, &cell));
	}
	return NULL;
}

static struct pl_error *add_all_unused(struct pl_document *document, const struct pl_target *target)
{
	static const char *const head[] = {"overlay", "page", "bytes", "why", "when"};
	struct pl_grid grid = pl_grid_new(document->arena, head, sizeof(head) / sizeof(*head));

	for (size_t i = 0; i < target->n_overlays; i++)
		PL_TRY(add_overlay_unused(document, &grid, &target->overlays[i]));
	PL_TRY(add_host_unused(document, &grid, target));
	if (grid.count)
		pl_document_title(document, 3, "Unused bytes");
	pl_document_table(document, &grid);
	return NULL;
}

struct pl_error *pl_document_target(struct pl_document *document, const struct pl_target *target)
{
	add_head(document, target);
	PL_TRY(add_host(document, target));
	for (size_t i = 0; i < target->n_overlays; i++)
		PL_TRY(pl_document_overlay(document, target, &target->overlays[i]));
	return add_all_unused(document, target);
}
