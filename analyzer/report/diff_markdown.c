/* SPDX-License-Identifier: MIT */
#include "report/diff.h"
#include "report/diff_words.h"
#include "report/escape.h"

/* A name, or where something is. */
static void add_cell(struct pl_strbuf *out, const char *text)
{
	pl_strbuf_add(out, " | ");
	pl_markdown_cell_code(out, text);
}

static void add_sentence(struct pl_strbuf *out, const char *text)
{
	pl_strbuf_add(out, " | ");
	pl_markdown_text(out, text);
}

/* The change at INDEX; returns the index of the next. */
static size_t add_row(struct pl_strbuf *out, const struct pl_diff_target *target, size_t index)
{
	PL_CLEANUP(pl_change_row_release) struct pl_change_row row = PL_CHANGE_ROW_INIT;
	void (*add)(struct pl_strbuf *, const char *) =
		target->changes[index].finding ? add_sentence : add_cell;
	size_t next = pl_change_row(target, index, &row);

	pl_strbuf_printf(out, "| %s", row.word);
	add_cell(out, row.what.text);
	add(out, row.old.text);
	add(out, row.new.text);
	pl_strbuf_add(out, " |\n");
	out->failed |= row.what.failed || row.old.failed || row.new.failed;
	return next;
}

static size_t add_group(struct pl_strbuf *out, const struct pl_diff_target *target, size_t first)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf title = PL_STRBUF_INIT;
	size_t end = pl_change_group(target, first);

	pl_add_change_group(&title, target, first);
	if (title.length) {
		pl_strbuf_add(out, "\n### ");
		pl_markdown_text(out, title.text);
		pl_strbuf_add_char(out, '\n');
	}
	pl_strbuf_add(out, "\n| change | what | before | after |\n| --- | --- | --- | --- |\n");
	for (size_t i = first; i < end;)
		i = add_row(out, target, i);
	out->failed |= title.failed;
	return end;
}

static void add_identity(struct pl_strbuf *out, const char *label, const struct pl_target *target)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	if (!target)
		return;
	pl_add_target_identity(&text, target);
	pl_strbuf_printf(out, "- %s ", label);
	pl_markdown_text(out, text.text);
	pl_strbuf_add_char(out, '\n');
	out->failed |= text.failed;
}

static void add_target(struct pl_strbuf *out, const struct pl_diff_target *target)
{
	const struct pl_target *either = target->new ? target->new : target->old;

	pl_strbuf_add(out, "## ");
	pl_markdown_text(out, either->name);
	pl_strbuf_add(out, "\n\n");
	add_identity(out, "old:", target->old);
	add_identity(out, "new:", target->new);
	for (size_t i = 0; i < target->n_uncompared; i++) {
		const char *overlay = target->uncompared[i].overlay;

		pl_strbuf_add(out, "- not compared: ");
		pl_markdown_text(out, overlay ? overlay : target->uncompared[i].topic);
		pl_strbuf_printf(out, ", which %s\n", target->uncompared[i].why);
	}
	for (size_t i = 0; i < target->n_changes;)
		i = add_group(out, target, i);
	pl_strbuf_add_char(out, '\n');
}

/* SIDE is "old" or "new". */
static void add_failures(struct pl_strbuf *out, const char *side, const struct pl_report *report)
{
	for (size_t i = 0; i < report->n_failures; i++) {
		pl_strbuf_printf(out, "- %s ", side);
		pl_markdown_text(out, report->failures[i].target);
		pl_strbuf_add(out, ": could not tell: ");
		pl_markdown_text(out, report->failures[i].message);
		pl_strbuf_add_char(out, '\n');
	}
}

struct pl_error *pl_diff_markdown(const struct pl_diff *diff, struct pl_strbuf *ret)
{
	for (size_t i = 0; i < diff->n_targets; i++)
		add_target(ret, &diff->targets[i]);
	add_failures(ret, "old", diff->old);
	add_failures(ret, "new", diff->new);
	if (diff->old->n_failures || diff->new->n_failures)
		pl_strbuf_add_char(ret, '\n');
	pl_add_diff_summary(ret, diff);
	pl_strbuf_printf(ret, "; verdict: %s\n", pl_diff_verdict_name(pl_diff_verdict(diff)));
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
