/* SPDX-License-Identifier: MIT */
/* How many accesses there are, as a table. */
#include <string.h>

#include "report/text_answers_internal.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

/* Columns of a number, of all four of them, and of the shortest first column. */
enum { NUMBER = 8, NUMBERS = PL_ACCESS_KIND_COUNT * NUMBER, LEAST = 20 };

static const char *const heads[PL_ACCESS_KIND_COUNT] = {
	[PL_ACCESS_READ] = "read",
	[PL_ACCESS_WRITE] = "write",
	[PL_ACCESS_READ_WRITE] = "both",
	[PL_ACCESS_ADDRESS] = "address",
};

static size_t longest_key(const struct pl_use_group *groups, size_t count, size_t indent)
{
	size_t longest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = indent + strlen(groups[i].key);
		size_t inside = longest_key(groups[i].groups, groups[i].n_groups, indent + 2);

		longest = length > longest ? length : longest;
		longest = inside > longest ? inside : longest;
	}
	return longest;
}

/* How wide the first column is: keys that are longer have a line of their own. */
static size_t first_column(const struct pl_answer_page *page)
{
	size_t longest = longest_key(page->answers->groups, page->answers->n_groups, 0);
	size_t room =
		page->options->width > NUMBERS + LEAST ? page->options->width - NUMBERS : LEAST;

	return longest < room ? longest : room;
}

static void add_counts(const struct pl_answer_page *page, const struct pl_use_group *group)
{
	for (int kind = 0; kind < PL_ACCESS_KIND_COUNT; kind++) {
		if (group->counts[kind])
			pl_strbuf_printf(page->out, "%*zu", NUMBER, group->counts[kind]);
		else
			pl_strbuf_printf(page->out, "%*s", NUMBER, "-");
	}
}

/* Behind the numbers: where it lies, and on which targets it is, if that is not all of them. */
static void add_rest(const struct pl_answer_page *page, const struct pl_use_group *group,
		     size_t column, size_t scope)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_wrap wrap = {.out = page->out,
			       .options = page->options,
			       .indent = column + NUMBERS + 2,
			       .column = column + NUMBERS + 1};

	if (wrap.indent + LEAST > page->options->width)
		wrap.indent = 4;
	if (group->by == PL_BY_FIELD)
		pl_answer_bytes(page, group, &text);
	pl_answer_on(page, group->targets, group->n_targets, pl_answer_scope(page, group, scope),
		     &text);
	if (text.length) {
		pl_strbuf_add_char(page->out, ' ');
		pl_wrap_text(&wrap, "", text.text);
	}
	pl_wrap_end(&wrap);
	page->out->failed |= text.failed;
}

static void add_groups(const struct pl_answer_page *page, const struct pl_use_group *groups,
		       size_t count, size_t column, size_t indent, size_t scope)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = indent + strlen(groups[i].key);

		pl_strbuf_printf(page->out, "%*s%s", (int)indent, "", groups[i].key);
		if (length > column)
			pl_strbuf_add_char(page->out, '\n');
		pl_strbuf_printf(page->out, "%*s",
				 (int)(length > column ? column : column - length), "");
		add_counts(page, &groups[i]);
		add_rest(page, &groups[i], column, scope);
		add_groups(page, groups[i].groups, groups[i].n_groups, column, indent + 2,
			   groups[i].n_targets);
	}
}

void pl_answer_counts(const struct pl_answer_page *page)
{
	size_t column = first_column(page);

	if (!page->answers->n_groups) {
		pl_strbuf_add(page->out, "\nno access fits\n");
		return;
	}
	pl_strbuf_printf(page->out, "\n%*s", (int)column, "");
	for (int kind = 0; kind < PL_ACCESS_KIND_COUNT; kind++)
		pl_strbuf_printf(page->out, "%*s", NUMBER, heads[kind]);
	pl_strbuf_add_char(page->out, '\n');
	add_groups(page, page->answers->groups, page->answers->n_groups, column, 0,
		   page->answers->n_asked);
}
