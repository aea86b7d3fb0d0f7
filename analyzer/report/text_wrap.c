/* SPDX-License-Identifier: MIT */
#include "report/text_wrap.h"

#include <string.h>

static void add_indent(struct pl_wrap *wrap, size_t indent)
{
	for (size_t i = 0; i < indent; i++)
		pl_strbuf_add_char(wrap->out, ' ');
	wrap->column = indent;
	wrap->fresh = true;
}

struct pl_wrap pl_wrap_new(struct pl_strbuf *out, const struct pl_text_options *options,
			   size_t first, size_t indent)
{
	struct pl_wrap wrap = {.out = out, .options = options, .indent = indent};

	add_indent(&wrap, first);
	return wrap;
}

/* Room for LENGTH more columns, behind a space or on a new line. */
static void make_room(struct pl_wrap *wrap, size_t length)
{
	if (wrap->fresh) {
		wrap->fresh = false;
	} else if (wrap->column + 1 + length > wrap->options->width) {
		pl_strbuf_add_char(wrap->out, '\n');
		add_indent(wrap, wrap->indent);
		wrap->fresh = false;
	} else {
		pl_strbuf_add_char(wrap->out, ' ');
		wrap->column++;
	}
	wrap->column += length;
}

static void add_word(struct pl_wrap *wrap, const char *colour, const char *word, size_t length,
		     const char *after)
{
	bool coloured = wrap->options->colour && *colour;

	make_room(wrap, length + strlen(after));
	if (coloured)
		pl_strbuf_add(wrap->out, colour);
	pl_strbuf_add_bytes(wrap->out, word, length);
	pl_strbuf_add(wrap->out, after);
	if (coloured)
		pl_strbuf_add(wrap->out, "\033[0m");
}

void pl_wrap_word(struct pl_wrap *wrap, const char *colour, const char *word, const char *after)
{
	add_word(wrap, colour, word, strlen(word), after);
}

void pl_wrap_text(struct pl_wrap *wrap, const char *colour, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, " ");

		if (length)
			add_word(wrap, colour, text, length, "");
		text += length + (text[length] == ' ');
	}
}

void pl_wrap_end(struct pl_wrap *wrap)
{
	pl_strbuf_add_char(wrap->out, '\n');
	wrap->column = 0;
	wrap->fresh = true;
}

void pl_wrap_note(struct pl_strbuf *out, const struct pl_text_options *options, const char *label,
		  const char *text)
{
	struct pl_wrap wrap;

	if (!text || !*text)
		return;
	wrap = pl_wrap_new(out, options, 4, 8);
	pl_wrap_text(&wrap, "", label);
	pl_wrap_text(&wrap, "", text);
	pl_wrap_end(&wrap);
}
