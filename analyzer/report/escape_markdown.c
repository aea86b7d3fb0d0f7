/* SPDX-License-Identifier: MIT */
/* GitHub Flavored Markdown: sections 4.10 (tables), 2.4 (backslashes) and 6.3 (code spans). */
#include <string.h>

#include "report/escape.h"

/* One character other than those of ASCII. Returns how many bytes it takes. */
static size_t add_other(struct pl_strbuf *out, const char *text)
{
	size_t length = pl_utf8_length(text);

	if (length) {
		pl_strbuf_add_bytes(out, text, length);
		return length;
	}
	pl_strbuf_add_char(out, (char)(0xc0 | (unsigned char)*text >> 6));
	pl_strbuf_add_char(out, (char)(0x80 | (*text & 0x3f)));
	return 1;
}

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether C, between BEFORE and AFTER, may be markup. An underscore within a word is none. */
static bool is_special(char before, char c, char after)
{
	if (c == '_')
		return !is_alnum(before) || !is_alnum(after);
	return strchr("\\`*[]<>#|~&@", c) || (c == ':' && after == '/');
}

void pl_markdown_text(struct pl_strbuf *out, const char *text)
{
	char before = ' ';

	while (*text) {
		char c = *text;

		if ((unsigned char)c >= 0x80) {
			text += add_other(out, text);
		} else {
			if (is_special(before, c, text[1]))
				pl_strbuf_add_char(out, '\\');
			pl_strbuf_add_char(out, is_blank(c) ? ' ' : c);
			text++;
		}
		before = c;
	}
}

/* Backticks around code have to be more than any that follow each other in it. */
static size_t longest_run(const char *text, char c)
{
	size_t longest = 0, run = 0;

	for (; *text; text++) {
		run = *text == c ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void add_backticks(struct pl_strbuf *out, size_t count)
{
	while (count--)
		pl_strbuf_add_char(out, '`');
}

/* The row of a table is split at each '|' without a backslash before it, in code too. */
void pl_markdown_cell_code(struct pl_strbuf *out, const char *text)
{
	size_t fence = longest_run(text, '`') + 1;
	const char *space = fence > 1 ? " " : "";

	if (!*text)
		return;
	add_backticks(out, fence);
	pl_strbuf_add(out, space);
	while (*text) {
		if ((unsigned char)*text >= 0x80) {
			text += add_other(out, text);
			continue;
		}
		if (*text == '|')
			pl_strbuf_add_char(out, '\\');
		pl_strbuf_add_char(out, is_blank(*text) ? ' ' : *text);
		text++;
	}
	pl_strbuf_add(out, space);
	add_backticks(out, fence);
}
