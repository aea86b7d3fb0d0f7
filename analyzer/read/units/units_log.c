/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "read/units/units_internal.h"
#include "support/file.h"
#include "support/strbuf.h"

/* Takes the line at the front of *TEXT into LINE; one that is continued is one line. */
static void take_line(struct pl_bytes *text, struct pl_strbuf *line)
{
	const struct pl_bytes newline = {(const unsigned char *)"\n", 1};

	pl_strbuf_truncate(line, 0);
	while (text->size) {
		size_t length = pl_bytes_find(*text, 0, newline);
		bool continued = length && length < text->size && text->data[length - 1] == '\\';

		pl_strbuf_add_bytes(line, (const char *)text->data, length - continued);
		length += length < text->size;
		text->data += length;
		text->size -= length;
		if (!continued)
			return;
		pl_strbuf_add_char(line, ' ');
	}
}

/* Most lines echo what is made, or are commands of other tools. */
static bool may_compile(const struct pl_strbuf *line)
{
	return strstr(line->text, " -c ") && strstr(line->text, ".c");
}

/* A line may hold several commands, with checks of the object after the compiler. */
static struct pl_error *take_command(struct pl_unit_finder *finder, const char *line)
{
	struct pl_words words = {0};

	while (*line) {
		PL_TRY(pl_words_split(finder->arena, &line, &words));
		if (pl_words_have(&words, "-c"))
			return pl_units_add(finder, &words, finder->kbuild->build);
	}
	return NULL;
}

/* Kbuild runs every command in the build directory. */
struct pl_error *pl_units_from_log(struct pl_unit_finder *finder, const char *path)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf line = PL_STRBUF_INIT;
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_bytes text;

	PL_TRY(pl_file_open(path, &file));
	text = file.bytes;
	while (text.size) {
		take_line(&text, &line);
		if (pl_strbuf_failed(&line))
			return pl_error_no_memory();
		if (may_compile(&line))
			PL_TRY(take_command(finder, line.text));
	}
	return NULL;
}
