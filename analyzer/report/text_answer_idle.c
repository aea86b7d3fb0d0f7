/* SPDX-License-Identifier: MIT */
/* Members that code makes no full use of, once for all targets that agree. */
#include <string.h>

#include "report/text_answers_internal.h"
#include "report/text_internal.h"

/* A record of one target, and what is idle in it. */
struct idle_record {
	const struct pl_record *record; /* NULL: the target does not have it */
	const struct pl_idle *list;
	size_t count;
};

/* Record NUMBER of target INDEX of those asked: 0 is the host, then the overlays. */
static struct idle_record record_of(const struct pl_answer_page *page, size_t index, size_t number)
{
	const struct pl_target *target = page->report->targets[page->answers->asked[index]];
	const struct pl_overlay *overlay = number ? &target->overlays[number - 1] : NULL;

	if (!pl_target_has_whole_usage(target) || number > target->n_overlays)
		return (struct idle_record){NULL, NULL, 0};
	if (overlay)
		return (struct idle_record){overlay->record, overlay->idle, overlay->n_idle};
	return (struct idle_record){pl_target_record(target, target->host), target->host_idle,
				    target->n_host_idle};
}

/* The record called NAME of target INDEX of those asked. */
static struct idle_record record_called(const struct pl_answer_page *page, size_t index,
					const char *name)
{
	size_t number = 0;
	struct idle_record its = record_of(page, index, 0);

	while (its.record && strcmp(its.record->name, name) != 0)
		its = record_of(page, index, ++number);
	return its;
}

static void describe(const struct pl_answer_page *page, const struct idle_record *its,
		     struct pl_strbuf *ret)
{
	pl_text_idle(ret, its->record, its->list, its->count, page->options);
	page->out->failed |= ret->failed;
}

/* Whether target OTHER of those asked has the same to say of the record of ITS, which is TEXT. */
static bool says(const struct pl_answer_page *page, const struct idle_record *its, size_t other,
		 const char *text)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf same = PL_STRBUF_INIT;
	const struct idle_record record = record_called(page, other, its->record->name);

	if (!record.record)
		return false;
	describe(page, &record, &same);
	return !strcmp(same.text, text);
}

/* What target INDEX of those asked says of a record, unless one before it says the same. */
static void add_record(const struct pl_answer_page *page, size_t index,
		       const struct idle_record *its)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	size_t n = 0;

	describe(page, its, &text);
	for (size_t i = 0; i < index; i++)
		if (says(page, its, i, text.text))
			return;
	if (!text.length)
		return;
	pl_strbuf_printf(page->out, "  %s", its->record->name);
	for (size_t i = index; i < page->answers->n_asked; i++)
		n += says(page, its, i, text.text);
	for (size_t i = index, told = 0; n < page->answers->n_asked && told < n; i++)
		if (says(page, its, i, text.text))
			pl_strbuf_printf(page->out, "%s%s", told++ ? ", " : " on ",
					 page->report->targets[page->answers->asked[i]]->name);
	pl_strbuf_printf(page->out, "\n%s", text.text);
}

/* Whether a target before target INDEX of those asked has a record called NAME. */
static bool came_before(const struct pl_answer_page *page, size_t index, const char *name)
{
	for (size_t i = 0; i < index; i++)
		if (record_called(page, i, name).record)
			return true;
	return false;
}

/* What cannot be known, of which targets and why. */
static void add_unknown(const struct pl_answer_page *page)
{
	for (size_t i = 0; i < page->answers->n_asked; i++) {
		const struct pl_target *target = page->report->targets[page->answers->asked[i]];

		if (!pl_target_has_whole_usage(target))
			pl_strbuf_printf(page->out, "  not known of %s: this is a shard of it\n",
					 target->name);
		else if (target->usage->n_lost)
			pl_strbuf_printf(page->out,
					 "  on %s, the units that were lost may use some of it\n",
					 target->name);
	}
}

void pl_answer_idle(const struct pl_answer_page *page)
{
	pl_strbuf_add(page->out, "\nmembers that no code uses by their own names\n");
	add_unknown(page);
	for (size_t i = 0; i < page->answers->n_asked; i++) {
		struct idle_record its = record_of(page, i, 0);

		for (size_t number = 0; its.record; its = record_of(page, i, ++number)) {
			if (came_before(page, i, its.record->name))
				continue;
			for (size_t j = i; j < page->answers->n_asked; j++) {
				const struct idle_record same =
					record_called(page, j, its.record->name);

				if (same.record)
					add_record(page, j, &same);
			}
		}
	}
}
