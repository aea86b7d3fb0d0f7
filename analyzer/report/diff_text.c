/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/diff.h"
#include "report/diff_words.h"
#include "report/text_internal.h"

#define BOLD "\033[1m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"

enum { WORD_COLUMNS = 10, MOST_COLUMNS = 28 };

static const char *colour_of(const struct pl_change_row *row)
{
	if (row->old.length && row->new.length)
		return YELLOW;
	return row->old.length ? RED : GREEN;
}

static void pad(struct pl_strbuf *out, size_t length, size_t columns)
{
	do
		pl_strbuf_add_char(out, ' ');
	while (++length < columns);
}

/* "  moved     slab_cache  bytes 24-31 (mapping) -> bytes 8-15 (compound_head)" */
static void add_row(struct pl_strbuf *out, const struct pl_text_options *options,
		    const struct pl_change_row *row, size_t columns)
{
	pl_strbuf_add(out, "  ");
	pl_text_paint(out, options, colour_of(row), row->word);
	pad(out, strlen(row->word), WORD_COLUMNS);
	pl_strbuf_add(out, row->what.text);
	pad(out, row->what.length, columns + 2);
	pl_strbuf_add(out, row->old.text);
	if (row->old.length && row->new.length)
		pl_strbuf_add(out, " -> ");
	pl_strbuf_printf(out, "%s\n", row->new.text);
	out->failed |= row->what.failed || row->old.failed || row->new.failed;
}

/* How wide what changes from FIRST to END are about is, within reason. */
static size_t columns_of(const struct pl_diff_target *target, size_t first, size_t end)
{
	size_t columns = 0;

	for (size_t i = first; i < end;) {
		PL_CLEANUP(pl_change_row_release) struct pl_change_row row = PL_CHANGE_ROW_INIT;

		i = pl_change_row(target, i, &row);
		if (row.what.length > columns && row.what.length <= MOST_COLUMNS)
			columns = row.what.length;
	}
	return columns;
}

static size_t add_group(struct pl_strbuf *out, const struct pl_text_options *options,
			const struct pl_diff_target *target, size_t first)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf title = PL_STRBUF_INIT;
	size_t end = pl_change_group(target, first);
	size_t columns = columns_of(target, first, end);

	pl_add_change_group(&title, target, first);
	if (title.length) {
		pl_strbuf_add_char(out, '\n');
		pl_text_paint(out, options, BOLD, title.text);
		pl_strbuf_add_char(out, '\n');
	}
	out->failed |= title.failed;
	for (size_t i = first; i < end;) {
		PL_CLEANUP(pl_change_row_release) struct pl_change_row row = PL_CHANGE_ROW_INIT;

		i = pl_change_row(target, i, &row);
		add_row(out, options, &row, columns);
	}
	return end;
}

static void add_identity(struct pl_strbuf *out, const char *label, const struct pl_target *target)
{
	if (!target)
		return;
	pl_strbuf_printf(out, "  %s ", label);
	pl_add_target_identity(out, target);
	pl_strbuf_add_char(out, '\n');
}

static void add_target(struct pl_strbuf *out, const struct pl_text_options *options,
		       const struct pl_diff_target *target)
{
	const struct pl_target *either = target->new ? target->new : target->old;

	pl_text_paint(out, options, BOLD, either->name);
	pl_strbuf_add_char(out, '\n');
	add_identity(out, "old:", target->old);
	add_identity(out, "new:", target->new);
	for (size_t i = 0; i < target->n_changes;)
		i = add_group(out, options, target, i);
	if (target->n_uncompared)
		pl_strbuf_add(out, "\nnot compared\n");
	for (size_t i = 0; i < target->n_uncompared; i++) {
		const struct pl_uncompared *its = &target->uncompared[i];

		if (its->overlay)
			pl_strbuf_printf(out, "  %s: it %s\n", its->overlay, its->why);
		else
			pl_strbuf_printf(out, "  %s: they %s\n", its->topic, its->why);
	}
	pl_strbuf_add_char(out, '\n');
}

/* SIDE is "old" or "new". */
static void add_failures(struct pl_strbuf *out, const char *side, const struct pl_report *report)
{
	for (size_t i = 0; i < report->n_failures; i++)
		pl_strbuf_printf(out, "%s %s: could not tell: %s\n", side,
				 report->failures[i].target, report->failures[i].message);
}

struct pl_error *pl_diff_text(const struct pl_diff *diff, const struct pl_text_options *options,
			      struct pl_strbuf *ret)
{
	for (size_t i = 0; i < diff->n_targets; i++)
		add_target(ret, options, &diff->targets[i]);
	add_failures(ret, "old", diff->old);
	add_failures(ret, "new", diff->new);
	pl_add_diff_summary(ret, diff);
	pl_strbuf_printf(ret, "; verdict: %s\n", pl_diff_verdict_name(pl_diff_verdict(diff)));
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
