/* SPDX-License-Identifier: MIT */
/*
 * reStructuredText as docutils has it. Columns of its tables are counted in
 * characters as wide as they show, which only those of ASCII surely are.
 */
#include <string.h>

#include "report/escape.h"

static bool is_plain(char c)
{
	return (unsigned char)c >= ' ' && (unsigned char)c < 0x7f;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/*
 * Whether C, between BEFORE and AFTER, may be markup: what begins or ends a
 * reference, a role or a literal block, and whatever may make a list, a
 * directive or a line of a table of the text that begins with it.
 */
static bool is_special(char before, char c, char after)
{
	if (c == '_')
		return !is_alnum(after);
	if (c == ':')
		return before == ':' || !before || after == ':' || !after || after == '/';
	return strchr("\\*`|", c) || (!before && c != ' ' && !is_alnum(c));
}

/* What is no character of ASCII is shown as the number of its byte, after BACKSLASH. */
static void add_other(struct pl_strbuf *out, char c, const char *backslash)
{
	if (c == '\n' || c == '\t')
		pl_strbuf_add_char(out, ' ');
	else
		pl_strbuf_printf(out, "%sx%02x", backslash, (unsigned char)c);
}

void pl_rst_text(struct pl_strbuf *out, const char *text)
{
	char before = '\0';

	for (; *text; before = *text++) {
		if (!is_plain(*text))
			add_other(out, *text, "\\\\");
		else
			pl_strbuf_printf(out, "%s%c",
					 is_special(before, *text, text[1]) ? "\\" : "", *text);
	}
}

/* A literal begins and ends with what is no space, and its own end is a pair of backticks. */
static bool fits_literal(const char *text)
{
	size_t length = strlen(text);

	return length && !strchr(text, '`') && !strchr(" \n\t", *text) &&
	       !strchr(" \n\t", text[length - 1]);
}

void pl_rst_literal(struct pl_strbuf *out, const char *text)
{
	if (!fits_literal(text)) {
		pl_rst_text(out, text);
		return;
	}
	pl_strbuf_add(out, "``");
	for (; *text; text++) {
		if (is_plain(*text))
			pl_strbuf_add_char(out, *text);
		else
			add_other(out, *text, "\\");
	}
	pl_strbuf_add(out, "``");
}
