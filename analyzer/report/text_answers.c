/* SPDX-License-Identifier: MIT */
/* Answers about code, for people. */
#include <string.h>

#include "report/finding_words.h"
#include "report/text_answers_internal.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

static const char *plural(size_t count, const char *several)
{
	return count == 1 ? "" : several;
}

/* "x86_64  7.2.13  12 accesses and 1 cast; units: 8 read, 3 skipped, 1 lost". */
static struct pl_error *add_target(const struct pl_answer_page *page,
				   const struct pl_target *target)
{
	const struct pl_usage *usage = target->usage;
	struct pl_strbuf *out = page->out;

	pl_text_paint(out, page->options, "\033[1m", target->name);
	if (target->release)
		pl_strbuf_printf(out, "  %s", target->release);
	pl_strbuf_printf(out, "  %zu access%s, %zu cast%s; of %zu unit%s: %zu read, %zu skipped",
			 usage->n_accesses, plural(usage->n_accesses, "es"), usage->n_casts,
			 plural(usage->n_casts, "s"), usage->units, plural(usage->units, "s"),
			 usage->read, usage->skipped);
	if (usage->n_lost)
		pl_strbuf_printf(out, ", %zu lost", usage->n_lost);
	if (usage->shards > 1)
		pl_strbuf_printf(out, "; shard %u of %u", usage->shard, usage->shards);
	pl_strbuf_add_char(out, '\n');
	return pl_answer_lost(usage, out);
}

void pl_answer_on(const struct pl_answer_page *page, const size_t *targets, size_t count,
		  size_t scope, struct pl_strbuf *out)
{
	if (count == scope)
		return;
	for (size_t i = 0; i < count; i++)
		pl_strbuf_printf(out, "%s%s", i ? ", " : " on ",
				 page->report->targets[targets[i]]->name);
}

/* An architecture's group says by its key on which targets it is, unless it is on some of them. */
size_t pl_answer_scope(const struct pl_answer_page *page, const struct pl_use_group *group,
		       size_t scope)
{
	size_t count = 0;

	if (group->by != PL_BY_ARCH)
		return scope;
	for (size_t i = 0; i < page->answers->n_asked; i++) {
		const struct pl_target *target = page->report->targets[page->answers->asked[i]];

		count += !strcmp(target->arch ? target->arch : target->name, group->key);
	}
	return count < scope ? count : scope;
}

/* Where GROUP's field is on its target INDEX; false where that is not known. */
static bool range_on(const struct pl_answer_page *page, const struct pl_use_group *group,
		     size_t index, struct pl_bit_range *ret)
{
	return pl_target_access_range(page->report->targets[group->targets[index]],
				      group->uses->access, ret);
}

static bool same_range(const struct pl_bit_range *a, const struct pl_bit_range *b)
{
	return a->page == b->page && a->offset == b->offset && a->size == b->size;
}

/* Whether all targets of GROUP that have words like target INDEX have its field at RANGE. */
static bool is_by_words(const struct pl_answer_page *page, const struct pl_use_group *group,
			size_t index, const struct pl_bit_range *range)
{
	unsigned bits = page->report->targets[group->targets[index]]->bits;

	for (size_t i = 0; i < group->n_targets; i++) {
		bool same_words = page->report->targets[group->targets[i]]->bits == bits;
		struct pl_bit_range other;
		bool same = range_on(page, group, i, &other) && same_range(&other, range);

		if (same != same_words)
			return false;
	}
	return bits;
}

/* Adds RANGE, and on which targets of GROUP it is that: those from FIRST on. */
static void add_range(const struct pl_answer_page *page, const struct pl_use_group *group,
		      size_t first, const struct pl_bit_range *range, struct pl_strbuf *out)
{
	struct pl_bit_range other;
	size_t same = 0;

	if (range->page)
		pl_strbuf_printf(out, "page %zu, ", range->page);
	pl_add_bits(out, range);
	for (size_t i = first; i < group->n_targets; i++)
		same += range_on(page, group, i, &other) && same_range(&other, range);
	if (same == group->n_targets)
		return;
	if (is_by_words(page, group, first, range)) {
		pl_strbuf_printf(out, " on %u-bit",
				 page->report->targets[group->targets[first]]->bits);
		return;
	}
	for (size_t i = first, n = 0; i < group->n_targets; i++)
		if (range_on(page, group, i, &other) && same_range(&other, range))
			pl_strbuf_printf(out, "%s%s", n++ ? ", " : " on ",
					 page->report->targets[group->targets[i]]->name);
}

void pl_answer_bytes(const struct pl_answer_page *page, const struct pl_use_group *group,
		     struct pl_strbuf *out)
{
	const char *between = "";

	for (size_t i = 0; i < group->n_targets; i++) {
		struct pl_bit_range range, before;
		bool told = false;

		if (!range_on(page, group, i, &range))
			continue;
		for (size_t j = 0; j < i && !told; j++)
			told = range_on(page, group, j, &before) && same_range(&before, &range);
		if (told)
			continue;
		pl_strbuf_add(out, between);
		add_range(page, group, i, &range, out);
		between = "; ";
	}
}

struct pl_error *pl_report_text_answers(const struct pl_report *report,
					const struct pl_text_options *options,
					struct pl_strbuf *ret)
{
	const struct pl_answer_page page = {report, report->answers, options, ret};
	unsigned show = report->answers->question->show;

	for (size_t i = 0; i < page.answers->n_asked; i++)
		PL_TRY(add_target(&page, report->targets[page.answers->asked[i]]));
	if (!page.answers->n_asked)
		show = 0;
	pl_answer_byte(&page);
	if (show & 1U << PL_SHOW_COUNTS)
		pl_answer_counts(&page);
	if (show & 1U << PL_SHOW_USES)
		pl_answer_uses(&page);
	if (show & 1U << PL_SHOW_IDLE)
		pl_answer_idle(&page);
	pl_answer_names(&page);
	pl_answer_singles(&page);
	pl_text_failures(report, options, ret);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
