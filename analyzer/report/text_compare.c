/* SPDX-License-Identifier: MIT */
/*
 * The comparison: what is the same on all targets is counted, what is not is
 * listed. Targets that agree in everything are called by one letter.
 */
#include <string.h>

#include "report/compared.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

struct section {
	const struct pl_report *report;
	const struct pl_comparison *comparison;
	const struct pl_text_options *options;
	struct pl_strbuf *out;
	struct pl_arena *arena;
	const char **labels; /* of each group of targets that are alike */
	size_t *group;	     /* of each target */
};

/* A set of groups, and how many there are in it. */
struct groups {
	bool *in;
	size_t count;
};

static const char *target_name(const struct section *s, size_t target)
{
	return s->report->targets[target]->name;
}

/* A to Z, A1 to Z1 ... */
static const char *letter(const struct section *s, size_t number)
{
	char first = (char)('A' + number % 26);

	if (number < 26)
		return pl_arena_printf(s->arena, "%c", first);
	return pl_arena_printf(s->arena, "%c%zu", first, number / 26);
}

static bool is_target(const struct section *s, const char *name)
{
	for (size_t i = 0; i < s->report->n_targets; i++)
		if (!strcmp(target_name(s, i), name))
			return true;
	return false;
}

/* The letter of *NUMBER, or of the first behind it that no target has for a name. */
static const char *next_letter(const struct section *s, size_t *number)
{
	const char *label;

	do
		label = letter(s, (*number)++);
	while (label && is_target(s, label));
	return label;
}

/* A lone target goes by its name. */
static struct pl_error *name_groups(struct section *s)
{
	const struct pl_comparison *comparison = s->comparison;
	size_t letters = 0;

	s->labels = pl_arena_array(s->arena, comparison->n_alike, sizeof(const char *));
	s->group = pl_arena_array(s->arena, s->report->n_targets, sizeof(*s->group));
	if (!s->labels || !s->group)
		return pl_error_no_memory();
	for (size_t i = 0; i < comparison->n_alike; i++) {
		const struct pl_alike *alike = &comparison->alike[i];
		bool lone = alike->n_targets == 1;

		for (size_t j = 0; j < alike->n_targets; j++)
			s->group[alike->targets[j]] = i;
		s->labels[i] = lone ? target_name(s, alike->targets[0]) : next_letter(s, &letters);
		if (!s->labels[i])
			return pl_error_no_memory();
	}
	return NULL;
}

static struct pl_error *new_groups(const struct section *s, struct groups *ret)
{
	*ret = (struct groups){pl_arena_array(s->arena, s->comparison->n_alike, sizeof(*ret->in)),
			       0};
	return ret->in ? NULL : pl_error_no_memory();
}

static void add_groups(const struct section *s, struct groups *groups, const size_t *targets,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t group = s->group[targets[i]];

		groups->count += !groups->in[group];
		groups->in[group] = true;
	}
}

/* The labels of those of OF that are in GROUPS, or that are not, then AFTER. */
static void print_labels(const struct section *s, struct pl_wrap *wrap, const struct groups *of,
			 const struct groups *groups, bool in, const char *after)
{
	size_t left = in ? groups->count : of->count - groups->count;

	for (size_t i = 0; i < s->comparison->n_alike && left; i++)
		if (of->in[i] && groups->in[i] == in)
			pl_wrap_word(wrap, "", s->labels[i], --left ? "" : after);
}

/* GROUPS, which are some of OF, in as few words as can be. */
static void print_groups(const struct section *s, struct pl_wrap *wrap, const struct groups *of,
			 const struct groups *groups, const char *after)
{
	if (groups->count == of->count) {
		pl_wrap_word(wrap, "", "all", after);
	} else if (groups->count > of->count - groups->count + 1) {
		pl_wrap_text(wrap, "", "all but");
		print_labels(s, wrap, of, groups, false, after);
	} else {
		print_labels(s, wrap, of, groups, true, after);
	}
}

static struct pl_error *print_touch(const struct section *s, struct pl_wrap *wrap,
				    const struct pl_common_touch *touch)
{
	enum pl_mark mark = pl_mark_of(touch->relation);
	const char *word;

	if (!touch->host_field) {
		pl_wrap_text(wrap, pl_mark_colour(mark), "beyond the host's end");
		return NULL;
	}
	word = pl_arena_printf(s->arena, "%c%s", pl_mark_character(mark), touch->host_field);
	if (!word)
		return pl_error_no_memory();
	pl_wrap_word(wrap, pl_mark_colour(mark), word, "");
	return NULL;
}

static struct pl_error *print_touches(const struct section *s, struct pl_wrap *wrap,
				      const struct pl_compared_row *row)
{
	size_t page = 0;

	for (size_t i = 0; i < row->n_touches; i++) {
		const struct pl_common_touch *touch = row->touches[i];

		if (touch->page != page) {
			const char *number = pl_arena_printf(s->arena, "%zu", touch->page);

			if (!number)
				return pl_error_no_memory();
			pl_wrap_word(wrap, "", "page", "");
			pl_wrap_word(wrap, "", number, "");
			page = touch->page;
		}
		PL_TRY(print_touch(s, wrap, touch));
	}
	return NULL;
}

static struct pl_error *print_row(const struct section *s, const struct groups *overlay,
				  const struct pl_compared_member *member,
				  const struct pl_compared_row *row)
{
	struct pl_wrap wrap = pl_wrap_new(s->out, s->options, 6, 8);
	struct groups groups;

	PL_TRY(new_groups(s, &groups));
	for (size_t i = 0; i < row->n_variants; i++) {
		const struct pl_variant *variant = &member->variants[row->variants[i]];

		add_groups(s, &groups, variant->targets, variant->n_targets);
	}
	print_groups(s, &wrap, overlay, &groups, ":");
	PL_TRY(print_touches(s, &wrap, row));
	if (!row->n_touches)
		pl_wrap_text(&wrap, pl_mark_colour(PL_MARK_UNUSED),
			     member->variants[row->variants[0]].present ? "touches nothing"
									: "not there");
	pl_wrap_end(&wrap);
	return NULL;
}

static struct pl_error *print_block(const struct section *s, const struct groups *overlay,
				    const struct pl_compared_block *block)
{
	struct pl_wrap wrap = pl_wrap_new(s->out, s->options, 4, 6);
	struct pl_compared_row *rows;
	size_t count;

	for (size_t i = 0; i < block->n_members; i++)
		pl_wrap_word(&wrap, pl_mark_colour(PL_MARK_HOST), block->members[i]->path,
			     i + 1 < block->n_members ? "," : "");
	pl_wrap_end(&wrap);
	PL_TRY(pl_compared_rows(block->members[0], s->arena, &rows, &count));
	for (size_t i = 0; i < count; i++)
		PL_TRY(print_row(s, overlay, block->members[0], &rows[i]));
	return NULL;
}

static void print_overlay_head(const struct section *s, const struct pl_compared_overlay *overlay,
			       const struct groups *all, const struct groups *groups)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_wrap wrap = pl_wrap_new(s->out, s->options, 2, 4);
	size_t left = all->count - groups->count;

	pl_wrap_word(&wrap, "", overlay->name, "");
	pl_strbuf_printf(&text, "on %s%zu", left ? "" : "all ", overlay->n_targets);
	if (left) {
		pl_strbuf_printf(&text, " of %zu (%s", s->report->n_targets,
				 left < groups->count ? "not" : "only");
		pl_wrap_text(&wrap, "", text.text);
		print_labels(s, &wrap, all, groups, left >= groups->count,
			     overlay->n_targets > 1 ? "):" : ")");
	} else {
		pl_strbuf_add_char(&text, ':');
		pl_wrap_text(&wrap, "", text.text);
	}
	pl_strbuf_truncate(&text, 0);
	if (overlay->same == overlay->n_members)
		pl_strbuf_printf(&text, "all %zu", overlay->n_members);
	else
		pl_strbuf_printf(&text, "%zu of %zu", overlay->same, overlay->n_members);
	pl_strbuf_add(&text, " members the same");
	if (overlay->n_targets > 1)
		pl_wrap_text(&wrap, "", text.text);
	pl_wrap_end(&wrap);
	s->out->failed |= text.failed;
}

static struct pl_error *print_overlay(struct section *s, const struct groups *all,
				      const struct pl_compared_overlay *overlay)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct section of_this = *s;
	struct pl_compared_block *blocks;
	struct groups groups;
	size_t count;

	if (!scratch)
		return pl_error_no_memory();
	of_this.arena = scratch;
	PL_TRY(new_groups(&of_this, &groups));
	add_groups(&of_this, &groups, overlay->targets, overlay->n_targets);
	print_overlay_head(&of_this, overlay, all, &groups);
	PL_TRY(pl_compared_blocks(overlay, scratch, &blocks, &count));
	for (size_t i = 0; i < count; i++)
		PL_TRY(print_block(&of_this, &groups, &blocks[i]));
	return NULL;
}

static void print_alike(const struct section *s, size_t group)
{
	const struct pl_alike *alike = &s->comparison->alike[group];
	struct pl_wrap wrap = pl_wrap_new(s->out, s->options, 2, 6);

	pl_wrap_word(&wrap, "", s->labels[group], " =");
	for (size_t i = 0; i < alike->n_targets; i++)
		pl_wrap_word(&wrap, "", target_name(s, alike->targets[i]), "");
	pl_wrap_end(&wrap);
}

/* Who goes by a letter. */
static void print_head(const struct section *s)
{
	const struct pl_comparison *comparison = s->comparison;

	pl_strbuf_printf(s->out, "compared: %zu targets", s->report->n_targets);
	if (comparison->n_alike == 1)
		pl_strbuf_add(s->out, ", alike in everything");
	pl_strbuf_add_char(s->out, '\n');
	for (size_t i = 0; i < comparison->n_alike && comparison->n_alike > 1; i++)
		if (comparison->alike[i].n_targets > 1)
			print_alike(s, i);
}

struct pl_error *pl_text_compare(const struct pl_report *report,
				 const struct pl_text_options *options, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct section s = {report, report->comparison, options, ret, arena, NULL, NULL};
	struct groups all;

	if (!s.comparison)
		return NULL;
	if (!arena)
		return pl_error_no_memory();
	PL_TRY(name_groups(&s));
	PL_TRY(new_groups(&s, &all));
	for (size_t i = 0; i < s.comparison->n_alike; i++)
		add_groups(&s, &all, s.comparison->alike[i].targets, 1);
	print_head(&s);
	for (size_t i = 0; i < s.comparison->n_overlays; i++)
		PL_TRY(print_overlay(&s, &all, &s.comparison->overlays[i]));
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
