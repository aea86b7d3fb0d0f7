/* SPDX-License-Identifier: MIT */
/* Answers that are lists of names. */
#include <string.h>

#include "report/finding_words.h"
#include "report/text_answers_internal.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

/* NAMES with commas between them. */
static void add_names(struct pl_wrap *wrap, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		pl_wrap_word(wrap, "", names[i], i + 1 < count ? "," : "");
}

void pl_answer_byte(const struct pl_answer_page *page)
{
	const struct pl_question *question = page->answers->question;

	if (page->answers->n_bytes)
		pl_strbuf_add_char(page->out, '\n');
	for (size_t i = 0; i < page->answers->n_bytes; i++) {
		const struct pl_byte_names *names = &page->answers->bytes[i];
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
		struct pl_wrap wrap = pl_wrap_new(page->out, page->options, 0, 2);

		if (question->page)
			pl_strbuf_printf(&text, "page %zu, ", question->page);
		pl_strbuf_printf(&text, "byte %ju", (uintmax_t)question->byte);
		pl_answer_on(page, names->targets, names->n_targets, page->answers->n_asked, &text);
		pl_strbuf_add(&text, names->n_names ? ":" : ": nothing is there");
		pl_wrap_text(&wrap, "", text.text);
		add_names(&wrap, names->names, names->n_names);
		pl_wrap_end(&wrap);
		page->out->failed |= text.failed;
	}
}

void pl_answer_names(const struct pl_answer_page *page)
{
	const struct pl_answers *answers = page->answers;

	if (answers->n_names)
		pl_strbuf_add(page->out, "\nsame bytes by the names of several records\n");
	for (size_t i = 0; i < answers->n_names; i++) {
		const struct pl_shared_bytes *shared = &answers->names[i];
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
		struct pl_wrap wrap;

		if (!i || strcmp(shared->directory, shared[-1].directory) != 0)
			pl_strbuf_printf(page->out, "  %s\n", shared->directory);
		wrap = pl_wrap_new(page->out, page->options, 4, 6);
		if (shared->range.page)
			pl_strbuf_printf(&text, "page %zu, ", shared->range.page);
		pl_add_bits(&text, &shared->range);
		pl_answer_on(page, shared->targets, shared->n_targets, page->answers->n_asked,
			     &text);
		pl_strbuf_add_char(&text, ':');
		pl_wrap_text(&wrap, "", text.text);
		add_names(&wrap, shared->names, shared->n_names);
		pl_wrap_end(&wrap);
		page->out->failed |= text.failed;
	}
}

void pl_answer_singles(const struct pl_answer_page *page)
{
	const struct pl_answers *answers = page->answers;
	struct pl_wrap wrap = {0};

	if (answers->n_singles)
		pl_strbuf_add(page->out, "\nused on one architecture only\n");
	for (size_t i = 0; i < answers->n_singles; i++) {
		const struct pl_single_use *single = &answers->singles[i];
		bool first = !i || strcmp(single->arch, single[-1].arch) != 0;
		bool last =
			i + 1 == answers->n_singles || strcmp(single->arch, single[1].arch) != 0;

		if (first) {
			wrap = pl_wrap_new(page->out, page->options, 2, 4);
			pl_wrap_word(&wrap, "", single->arch, ":");
		}
		pl_wrap_word(&wrap, "", single->name, last ? "" : ",");
		if (last)
			pl_wrap_end(&wrap);
	}
}
