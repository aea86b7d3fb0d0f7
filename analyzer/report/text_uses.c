/* SPDX-License-Identifier: MIT */
/* Accesses and their places, put together as was asked. */
#include <string.h>

#include "report/text_answers_internal.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

#define BOLD "\033[1m"

/* More places than a line holds. */
enum { FEW_USES = 6 };

static const char *const kind_colours[PL_ACCESS_KIND_COUNT] = {
	[PL_ACCESS_READ] = "\033[32m",
	[PL_ACCESS_WRITE] = "\033[31m",
	[PL_ACCESS_READ_WRITE] = "\033[33m",
	[PL_ACCESS_ADDRESS] = "\033[36m",
};

/* What the groups around a use say of it already. */
struct known {
	bool by[PL_BY_COUNT];
	size_t targets; /* how many they are on */
};

static void add_note(struct pl_strbuf *out, const char *label, const char *text, bool *open)
{
	if (!text)
		return;
	pl_strbuf_printf(out, "%s%s%s", *open ? ", " : " (", label, text);
	*open = true;
}

/* "85 (list_add, via LIST_ADD)", and what is not known yet: "mm/swap.c:85 (in add_page)". */
static void add_use(const struct pl_answer_page *page, const struct pl_use *use,
		    const struct known *known, struct pl_strbuf *out)
{
	const struct pl_access *access = use->access;
	const struct pl_spot *spot = &access->spot;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf on = PL_STRBUF_INIT;
	bool open = false;

	if (!known->by[PL_BY_FILE] && !known->by[PL_BY_FUNCTION])
		pl_strbuf_printf(out, "%s:", spot->place.file ? spot->place.file : "?");
	pl_strbuf_printf(out, "%u", spot->place.line);
	if (!known->by[PL_BY_FIELD])
		pl_strbuf_printf(out, " %s%s%s", access->record, access->field ? "." : "",
				 access->field ? access->field : "");
	if (!known->by[PL_BY_FUNCTION])
		add_note(out, "in ", spot->function, &open);
	add_note(out, "", access->callee, &open);
	add_note(out, "via ", spot->through, &open);
	add_note(out, "", access->bits, &open);
	pl_answer_on(page, use->targets, use->n_targets, known->targets, &on);
	add_note(out, "", on.length ? on.text + 1 : NULL, &open);
	if (open)
		pl_strbuf_add_char(out, ')');
	out->failed |= on.failed;
}

/* The uses of KIND in GROUP; what would read the same is told once. AFTER is behind the last. */
static void add_kind(const struct pl_answer_page *page, const struct pl_use_group *group,
		     enum pl_access_kind kind, const struct known *known, const char *after,
		     struct pl_wrap *wrap)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf before = PL_STRBUF_INIT;

	pl_wrap_word(wrap, kind_colours[kind], pl_access_kind_name(kind), "");
	for (size_t i = 0; i < group->n_uses; i++) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

		if (group->uses[i].access->kind != kind)
			continue;
		add_use(page, &group->uses[i], known, &text);
		page->out->failed |= text.failed;
		if (!strcmp(text.text, before.text))
			continue;
		if (before.length) {
			pl_strbuf_add_char(&before, ',');
			pl_wrap_text(wrap, "", before.text);
		}
		pl_strbuf_truncate(&before, 0);
		pl_strbuf_add(&before, text.text);
	}
	pl_strbuf_add(&before, after);
	pl_wrap_text(wrap, "", before.text);
	page->out->failed |= before.failed;
}

/* Behind the key as long as there are few of them, then a paragraph for each kind. */
static void add_kinds(const struct pl_answer_page *page, const struct pl_use_group *group,
		      const struct known *known, size_t indent, struct pl_wrap *wrap)
{
	bool many = group->n_uses > FEW_USES;
	size_t left = group->n_uses;

	for (int kind = 0; kind < PL_ACCESS_KIND_COUNT; kind++) {
		left -= group->counts[kind];
		if (!group->counts[kind])
			continue;
		if (many) {
			pl_wrap_end(wrap);
			*wrap = pl_wrap_new(page->out, page->options, indent, indent + 2);
		}
		add_kind(page, group, (enum pl_access_kind)kind, known, left && !many ? ";" : "",
			 wrap);
	}
}

/* The key, of a field also where it lies, and on which targets it is unless that is known. */
static void add_key(const struct pl_answer_page *page, const struct pl_use_group *group,
		    const struct known *known, struct pl_wrap *wrap)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_wrap_text(wrap, BOLD, group->key);
	if (group->by == PL_BY_FIELD)
		pl_answer_bytes(page, group, &text);
	pl_answer_on(page, group->targets, group->n_targets,
		     pl_answer_scope(page, group, known->targets), &text);
	pl_wrap_text(wrap, "", text.text);
	page->out->failed |= text.failed;
}

static void add_group(const struct pl_answer_page *page, const struct pl_use_group *group,
		      struct known known, size_t indent)
{
	struct pl_wrap wrap = pl_wrap_new(page->out, page->options, indent, indent + 4);

	add_key(page, group, &known, &wrap);
	known.by[group->by] = true;
	known.targets = group->n_targets;
	if (!group->n_groups) {
		pl_strbuf_add_char(page->out, ':');
		wrap.column++;
		add_kinds(page, group, &known, indent + 2, &wrap);
	}
	pl_wrap_end(&wrap);
	for (size_t i = 0; i < group->n_groups; i++)
		add_group(page, &group->groups[i], known, indent + 2);
}

void pl_answer_uses(const struct pl_answer_page *page)
{
	const struct known nothing = {.targets = page->answers->n_asked};

	pl_strbuf_add_char(page->out, '\n');
	if (!page->answers->n_groups)
		pl_strbuf_add(page->out, "no access fits\n");
	for (size_t i = 0; i < page->answers->n_groups; i++)
		add_group(page, &page->answers->groups[i], nothing, 0);
}
