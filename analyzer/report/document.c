/* SPDX-License-Identifier: MIT */
#include "report/document.h"

#include "report/layout_words.h"
#include "report/mark.h"

void pl_document_title(struct pl_document *document, unsigned level, const char *title)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	document->markup->text(&text, title);
	document->markup->title(document->out, level, text.text);
	document->out->failed |= text.failed;
}

void pl_document_table(struct pl_document *document, const struct pl_grid *grid)
{
	if (grid->count)
		document->markup->table(document->out, grid);
}

static void add_title(struct pl_document *document)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_report *report = document->report;

	if (report->n_targets)
		pl_add_host_name(&text, report->targets[0]);
	pl_strbuf_add(&text, report->n_targets ? " by overlay" : "No target");
	pl_document_title(document, 1, text.text);
	document->out->failed |= text.failed;
}

static void add_legend(struct pl_document *document)
{
	static const enum pl_relation relations[] = {PL_RELATION_PINNED,  PL_RELATION_ALIGNED,
						     PL_RELATION_PARTIAL, PL_RELATION_SPANNING,
						     PL_RELATION_BEYOND,  PL_RELATION_PAD};

	for (size_t i = 0; i < sizeof(relations) / sizeof(*relations); i++) {
		enum pl_mark mark = pl_mark_of(relations[i]);
		const char character[] = {pl_mark_character(mark), '\0'};

		pl_strbuf_add(document->out, i ? ", " : "Marks: ");
		document->markup->code(document->out, character);
		pl_strbuf_add_char(document->out, ' ');
		document->markup->text(document->out, pl_mark_words(mark));
	}
	pl_strbuf_add(document->out, ". 42.3 is bit 3 of byte 42, counted in memory order.\n\n");
}

struct pl_error *pl_document(const struct pl_markup *markup, const struct pl_report *report,
			     struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_document document = {markup, report, ret, arena};

	if (!arena)
		return pl_error_no_memory();
	add_title(&document);
	add_legend(&document);
	for (size_t i = 0; i < report->n_targets; i++)
		PL_TRY(pl_document_target(&document, report->targets[i]));
	PL_TRY(pl_document_list_findings(&document));
	pl_strbuf_truncate(ret, ret->length ? ret->length - 1 : 0);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}

struct pl_error *pl_document_findings(const struct pl_markup *markup,
				      const struct pl_report *report, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_document document = {markup, report, ret, arena};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_document_list_findings(&document));
	pl_strbuf_truncate(ret, ret->length ? ret->length - 1 : 0);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
