/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/escape.h"

static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Control characters have no place in HTML; a browser shows this one for what cannot be shown. */
static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

static void add_ascii(struct pl_strbuf *out, char c)
{
	const char *entity = entity_of(c);

	if (entity)
		pl_strbuf_add(out, entity);
	else if (is_control(c))
		pl_strbuf_add(out, c == '\n' || c == '\t' ? " " : "&#xfffd;");
	else
		pl_strbuf_add_char(out, c);
}

/* Adds TEXT, with a place to break the line behind each character that BREAKS holds. */
static void add(struct pl_strbuf *out, const char *text, const char *breaks)
{
	while (*text) {
		size_t length = pl_utf8_length(text);

		if (length > 1)
			pl_strbuf_add_bytes(out, text, length);
		else if (length)
			add_ascii(out, *text);
		else
			pl_strbuf_printf(out, "&#x%x;", (unsigned char)*text);
		if (length == 1 && text[1] && strchr(breaks, *text))
			pl_strbuf_add(out, "<wbr>");
		text += length ? length : 1;
	}
}

void pl_html_text(struct pl_strbuf *out, const char *text)
{
	add(out, text, "");
}

void pl_html_name(struct pl_strbuf *out, const char *text)
{
	add(out, text, "_./]");
}
