/* SPDX-License-Identifier: MIT */
#include "support/text.h"

#include "support/utf8.h"

/* Controls, and what has no shape of its own but changes that of others. */
static const struct {
	uint32_t first, last;
} unseen[] = {
	{0x00, 0x1f},	  {0x7f, 0x9f},	    {0xad, 0xad},	{0x61c, 0x61c},
	{0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e},	{0x2060, 0x206f},
	{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
};

/* The bytes at TEXT that can be shown as they are: those of one character, or none. */
static size_t plain_length(const char *text)
{
	uint32_t character;
	size_t length = pl_utf8_decode(text, &character);

	for (size_t i = 0; length && i < sizeof(unseen) / sizeof(*unseen); i++)
		if (character >= unseen[i].first && character <= unseen[i].last)
			return 0;
	return length;
}

bool pl_text_is_plain(const char *text)
{
	while (*text) {
		size_t length = plain_length(text);

		if (!length)
			return false;
		text += length;
	}
	return true;
}

/* Writes out what is at TEXT and cannot be shown; how many bytes that is. */
static size_t write_out(struct pl_strbuf *buffer, const char *text)
{
	uint32_t character = (unsigned char)*text;
	size_t length = pl_utf8_decode(text, &character);

	if (length < 2)
		pl_strbuf_printf(buffer, "\\x%02x", (unsigned)(unsigned char)*text);
	else
		pl_strbuf_printf(buffer, character > 0xffff ? "\\U%08x" : "\\u%04x",
				 (unsigned)character);
	return length ? length : 1;
}

void pl_text_add(struct pl_strbuf *buffer, const char *text)
{
	while (*text) {
		size_t length = plain_length(text);

		if (length)
			pl_strbuf_add_bytes(buffer, text, length);
		else
			length = write_out(buffer, text);
		text += length;
	}
}

char *pl_text_copy(struct pl_arena *arena, const char *text)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf shown = PL_STRBUF_INIT;

	if (!text || pl_text_is_plain(text))
		return pl_arena_strdup(arena, text);
	pl_text_add(&shown, text);
	return pl_strbuf_failed(&shown) ? NULL : pl_arena_strndup(arena, shown.text, shown.length);
}

struct pl_error *pl_text_set(struct pl_arena *arena, const char *text, const char **ret)
{
	*ret = pl_text_copy(arena, text);
	return text && !*ret ? pl_error_no_memory() : NULL;
}

char *pl_text_ncopy(struct pl_arena *arena, const char *text, size_t length)
{
	char *copy = pl_arena_strndup(arena, text, length);

	return copy && !pl_text_is_plain(copy) ? pl_text_copy(arena, copy) : copy;
}
