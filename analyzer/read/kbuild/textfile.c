/* SPDX-License-Identifier: MIT */
#include "read/kbuild/textfile.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "support/file.h"

struct pl_error *pl_textfile_try(struct pl_arena *arena, const char *directory, const char *name,
				 const char **ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	const char *path = pl_arena_printf(arena, "%s/%s", directory, name), *text;

	if (!path)
		return pl_error_no_memory();
	if (access(path, F_OK) && (errno == ENOENT || errno == ENOTDIR)) {
		*ret = NULL;
		return NULL;
	}
	PL_TRY(pl_file_open(path, &file));
	text = pl_arena_strndup(arena, (const char *)file.bytes.data, file.bytes.size);
	if (!text)
		return pl_error_no_memory();
	*ret = text;
	return NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks(const char *at)
{
	while (is_blank(*at))
		at++;
	return at;
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

struct pl_error *pl_text_first_line(struct pl_arena *arena, const char *text, const char **ret)
{
	const char *start = skip_blanks(text), *copy;
	size_t length = strcspn(start, "\n");

	while (length && is_blank(start[length - 1]))
		length--;
	copy = pl_arena_strndup(arena, start, length);
	if (!copy)
		return pl_error_no_memory();
	*ret = copy;
	return NULL;
}

/* What follows WORD and blanks at AT, or NULL if WORD does not stand there. */
static const char *after_word(const char *at, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(at, word, length) ||
	    (at[length] && !is_blank(at[length]) && at[length] != '\n'))
		return NULL;
	return skip_blanks(at + length);
}

/* Where LINE defines MACRO: its replacement. */
static const char *definition(const char *line, const char *macro)
{
	const char *at = skip_blanks(line);

	if (*at != '#')
		return NULL;
	at = after_word(skip_blanks(at + 1), "define");
	return at ? after_word(at, macro) : NULL;
}

struct pl_error *pl_text_macro(struct pl_arena *arena, const char *text, const char *macro,
			       const char **ret)
{
	const char *value = NULL;

	for (; *text && !value; text = next_line(text))
		value = definition(text, macro);
	if (value)
		return pl_text_first_line(arena, value, ret);
	*ret = NULL;
	return NULL;
}

/* Where LINE assigns to NAME: the value. A recipe's line, which begins with a tab, does not. */
static const char *assignment(const char *line, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(line, name, length))
		return NULL;
	line = skip_blanks(line + length);
	line += strspn(line, ":?");
	return *line == '=' ? line + 1 : NULL;
}

struct pl_error *pl_text_variable(struct pl_arena *arena, const char *text, const char *name,
				  const char **ret)
{
	const char *value = NULL;

	for (; *text && !value; text = next_line(text))
		value = assignment(text, name);
	if (value)
		return pl_text_first_line(arena, value, ret);
	*ret = NULL;
	return NULL;
}

struct pl_error *pl_text_includes(struct pl_arena *arena, const char *text, struct pl_words *ret)
{
	ret->n = 0;
	for (; *text; text = next_line(text)) {
		const char *at = after_word(text, "include"), *file;

		if (!at)
			continue;
		PL_TRY(pl_text_first_line(arena, at, &file));
		if (*file && !strchr(file, '$'))
			PL_TRY(pl_words_add(arena, ret, file));
	}
	return NULL;
}
