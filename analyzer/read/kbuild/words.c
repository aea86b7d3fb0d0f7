/* SPDX-License-Identifier: MIT */
#include "read/kbuild/words.h"

#include <string.h>

#include "support/strbuf.h"

struct pl_error *pl_words_add(struct pl_arena *arena, struct pl_words *words, const char *word)
{
	const char **items;

	if (!word)
		return pl_error_no_memory();
	items = pl_arena_grow(arena, words->items, words->n, &words->capacity, sizeof(*items));
	if (!items)
		return pl_error_no_memory();
	words->items = items;
	words->items[words->n++] = word;
	return NULL;
}

bool pl_words_have(const struct pl_words *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++)
		if (!strcmp(words->items[i], word))
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_separator(char c)
{
	return c && strchr(";&|()\n", c);
}

/* Between single quotes everything is itself. */
static const char *take_single(const char *at, struct pl_strbuf *word)
{
	size_t length = strcspn(at, "'");

	pl_strbuf_add_bytes(word, at, length);
	return at + length + (at[length] == '\'');
}

/* Between double quotes a backslash is one unless it quotes something that needs it. */
static const char *take_double(const char *at, struct pl_strbuf *word)
{
	while (*at && *at != '"') {
		if (at[0] == '\\' && at[1] && strchr("\"\\$`\n", at[1])) {
			at++;
			if (*at == '\n') {
				at++;
				continue;
			}
		}
		pl_strbuf_add_char(word, *at++);
	}
	return at + (*at == '"');
}

static const char *take_escaped(const char *at, struct pl_strbuf *word)
{
	if (!*at)
		return at;
	if (*at != '\n')
		pl_strbuf_add_char(word, *at);
	return at + 1;
}

static const char *take_word(const char *at, struct pl_strbuf *word)
{
	while (*at && !is_blank(*at) && !is_separator(*at)) {
		char c = *at++;

		if (c == '\'')
			at = take_single(at, word);
		else if (c == '"')
			at = take_double(at, word);
		else if (c == '\\')
			at = take_escaped(at, word);
		else
			pl_strbuf_add_char(word, c);
	}
	return at;
}

struct pl_error *pl_words_split(struct pl_arena *arena, const char **text, struct pl_words *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf word = PL_STRBUF_INIT;
	const char *at = *text;

	ret->n = 0;
	while (*at && !is_separator(*at)) {
		if (is_blank(*at)) {
			at++;
			continue;
		}
		pl_strbuf_truncate(&word, 0);
		at = take_word(at, &word);
		if (pl_strbuf_failed(&word))
			return pl_error_no_memory();
		PL_TRY(pl_words_add(arena, ret, pl_arena_strdup(arena, word.text)));
	}
	*text = at + (*at != '\0');
	return NULL;
}

struct pl_error *pl_words_of_compiler(struct pl_arena *arena, const char *text,
				      struct pl_words *ret)
{
	struct pl_words words = {0};

	while (*text) {
		PL_TRY(pl_words_split(arena, &text, &words));
		if (pl_words_have(&words, "-c") || pl_words_have(&words, "-S") ||
		    pl_words_have(&words, "-E")) {
			*ret = words;
			return NULL;
		}
	}
	return pl_error_new(PL_ERROR_UNREADABLE, "no command in it compiles anything");
}
