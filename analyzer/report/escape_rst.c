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

/* What is no character of ASCII is shown as the number of its byte, after BACKSLASH. */
static void add(struct pl_strbuf *out, const char *text, const char *special, const char *backslash)
{
	for (; *text; text++) {
		if (*text == '\n' || *text == '\t')
			pl_strbuf_add_char(out, ' ');
		else if (!is_plain(*text))
			pl_strbuf_printf(out, "%sx%02x", backslash, (unsigned char)*text);
		else
			pl_strbuf_printf(out, "%s%c", strchr(special, *text) ? "\\" : "", *text);
	}
}

void pl_rst_text(struct pl_strbuf *out, const char *text)
{
	add(out, text, "\\*`|_:<>[]", "\\\\");
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
	add(out, text, "", "\\");
	pl_strbuf_add(out, "``");
}
