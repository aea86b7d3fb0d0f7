/* SPDX-License-Identifier: MIT */
#include "read/kbuild/cmdfile.h"

#include <string.h>

#include "support/strbuf.h"

/* Longest first: "cmd_" is in "savedcmd_". */
static const char *const keys[] = {"savedcmd_", "cmd_"};

/* What make reads differently than it is written: kbuild writes the first three. */
static const struct {
	const char *from, *to;
} escapes[] = {{"$$", "$"}, {"$(pound)", "#"}, {"\\#", "#"}, {"\\\n", " "}};

/* The value assigned in LINE, if it is an assignment of a command; else NULL. */
static const char *command_of(const char *line)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		size_t length = strlen(keys[i]);
		const char *at = line + length;

		if (strncmp(line, keys[i], length))
			continue;
		at += strcspn(at, " \t:=\n");
		at += strspn(at, " \t");
		at += *at == ':';
		return *at == '=' ? at + 1 : NULL;
	}
	return NULL;
}

static const char *after_line(const char *line)
{
	const char *end = strchr(line, '\n');

	while (end && end > line && end[-1] == '\\')
		end = strchr(end + 1, '\n');
	return end ? end + 1 : line + strlen(line);
}

/* Adds what make makes of the text at AT; returns where it goes on. */
static const char *take(const char *at, struct pl_strbuf *ret)
{
	for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++) {
		size_t length = strlen(escapes[i].from);

		if (!strncmp(at, escapes[i].from, length)) {
			pl_strbuf_add(ret, escapes[i].to);
			return at + length;
		}
	}
	pl_strbuf_add_char(ret, *at);
	return at + 1;
}

/* The rest of the line at AT as make reads it, up to a comment. */
static void unescape(const char *at, struct pl_strbuf *ret)
{
	while (*at && *at != '\n' && *at != '#')
		at = take(at, ret);
}

struct pl_error *pl_cmdfile_parse(struct pl_arena *arena, struct pl_bytes text,
				  struct pl_words *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf command = PL_STRBUF_INIT;
	const char *line = pl_arena_strndup(arena, (const char *)text.data, text.size);
	const char *value = NULL;

	if (!line)
		return pl_error_no_memory();
	for (; *line && !value; line = after_line(line))
		value = command_of(line);
	if (!value)
		return pl_error_new(PL_ERROR_UNREADABLE, "no command is recorded in it");
	unescape(value, &command);
	if (pl_strbuf_failed(&command))
		return pl_error_no_memory();
	return pl_words_of_compiler(arena, command.text, ret);
}
