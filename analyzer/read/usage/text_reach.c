/* SPDX-License-Identifier: MIT */
#include "read/usage/text_internal.h"

#include <string.h>

#include "read/scan/lexer.h"

uint64_t pl_text_hash(const unsigned char *word, size_t length)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ word[i]) * 1099511628211u;
	return hash;
}

struct pl_error *pl_text_put(struct pl_idmap *map, uint64_t hash)
{
	return pl_idmap_get(map, hash) ? NULL : pl_idmap_put(map, hash, map);
}

size_t pl_text_skip(struct pl_bytes text, size_t at)
{
	const unsigned char *data = text.data;
	unsigned char sign = data[at], next = at + 1 < text.size ? data[at + 1] : 0;
	size_t end = at + 1;

	if (sign == '/' && next == '*') {
		end = pl_bytes_find(text, at + 2,
				    (struct pl_bytes){(const unsigned char *)"*/", 2});
		return end == text.size ? end : end + 2;
	}
	if (sign == '/' && next == '/')
		return pl_bytes_find(text, at, (struct pl_bytes){(const unsigned char *)"\n", 1});
	if (sign != '"' && sign != '\'')
		return at;
	while (end < text.size && data[end] != sign && data[end] != '\n')
		end += data[end] == '\\' ? 2 : 1;
	return end < text.size && data[end] == sign ? end + 1 : at + 1;
}

static bool uses_field(const struct pl_text_words *words, const struct pl_text_body *body)
{
	if (body->field && body->record)
		return true;
	for (size_t i = 0; i < body->words.n; i++)
		if (pl_idmap_get(&words->reaching, body->words.list[i]))
			return true;
	return false;
}

struct pl_error *pl_text_reach(struct pl_text_words *words, const struct pl_text_body *bodies)
{
	size_t before;

	do {
		before = words->reaching.used;
		for (const struct pl_text_body *body = bodies; body; body = body->next)
			if (!pl_idmap_get(&words->reaching, body->name) && uses_field(words, body))
				PL_TRY(pl_idmap_put(&words->reaching, body->name, words));
	} while (words->reaching.used != before);
	for (const struct pl_text_body *body = bodies; body; body = body->next)
		if (body->is_macro && body->record)
			PL_TRY(pl_text_put(&words->entrances, body->name));
	return NULL;
}

/* Whether what stands before AT is "->" or ".". */
static bool follows_member(struct pl_bytes text, size_t at)
{
	while (at && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
		at--;
	return at && (text.data[at - 1] == '.' ||
		      (at > 1 && text.data[at - 1] == '>' && text.data[at - 2] == '-'));
}

bool pl_text_next_word(struct pl_bytes text, size_t *at, struct pl_bytes *ret)
{
	while (*at < text.size) {
		size_t begin = *at;

		while (*at < text.size && pl_in_name(text.data[*at]))
			++*at;
		if (*at != begin) {
			*ret = (struct pl_bytes){text.data + begin, *at - begin};
			return true;
		}
		*at = pl_text_skip(text, begin);
		*at += *at == begin;
	}
	return false;
}

void pl_text_look_again(const struct pl_text_words *words, struct pl_bytes text,
			struct pl_text_facts *facts)
{
	struct pl_bytes word;

	for (size_t at = 0;
	     !(facts->record && facts->reaches) && pl_text_next_word(text, &at, &word);) {
		uint64_t hash = pl_text_hash(word.data, word.size);

		facts->reaches = facts->reaches || pl_idmap_get(&words->reaching, hash);
		facts->record = facts->record || pl_idmap_get(&words->entrances, hash) ||
				(pl_idmap_get(&words->members, hash) &&
				 follows_member(text, at - word.size));
	}
}

/* What is between the parentheses after the word that ends at AT, if it is the name of a macro. */
static struct pl_bytes parameters_at(struct pl_bytes text, size_t at)
{
	struct pl_bytes rest = {text.data + at, text.size - at};
	size_t end = pl_bytes_find(rest, 0, (struct pl_bytes){(const unsigned char *)")", 1});

	return rest.size && *rest.data == '(' ? (struct pl_bytes){rest.data, end}
					      : (struct pl_bytes){0};
}

static bool has_word(struct pl_bytes text, struct pl_bytes wanted)
{
	struct pl_bytes word;

	for (size_t at = 0; pl_text_next_word(text, &at, &word);)
		if (word.size == wanted.size && !memcmp(word.data, wanted.data, word.size))
			return true;
	return false;
}

/* Whether no line ends between BEGIN and END. */
static bool is_one_line(struct pl_bytes text, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (text.data[i] == '\n' && (!i || text.data[i - 1] != '\\'))
			return false;
	return true;
}

struct pl_error *pl_text_mentions(struct pl_bytes text, const struct pl_idmap *wanted,
				  struct pl_idmap *ret)
{
	struct pl_bytes word, parameters = {0};
	size_t last = 0;
	bool defines = false;

	for (size_t at = 0; pl_text_next_word(text, &at, &word); last = at) {
		uint64_t hash = pl_text_hash(word.data, word.size);

		if (!is_one_line(text, last, at))
			parameters = (struct pl_bytes){0};
		if (defines)
			parameters = parameters_at(text, at);
		defines = word.size == 6 && !memcmp(word.data, "define", 6);
		/* What a macro calls its parameters is its own matter. */
		if (pl_idmap_get(wanted, hash) && !has_word(parameters, word))
			PL_TRY(pl_text_put(ret, hash));
	}
	return NULL;
}
