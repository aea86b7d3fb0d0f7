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
	return pl_idmap_keep(map, hash, map);
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

void pl_text_words_begin(struct pl_text_words *words, struct pl_arena *arena)
{
	struct pl_idmap *maps[] = {&words->fields,    &words->lists, &words->reaching,
				   &words->entrances, &words->whole, &words->renames,
				   &words->selecting, &words->loose, &words->members};

	*words = (struct pl_text_words){.arena = arena};
	for (size_t i = 0; i < sizeof(maps) / sizeof(*maps); i++)
		maps[i]->arena = arena;
}

static bool has_one(const struct pl_text_body *body, const struct pl_idmap *map)
{
	for (size_t i = 0; i < body->words.n; i++)
		if (pl_idmap_get(map, body->words.list[i]))
			return true;
	return false;
}

/* Whether a field is used in BODY, of whatever record. */
static bool uses_field(const struct pl_text_words *words, const struct pl_text_body *body)
{
	return body->field || has_one(body, &words->renames) ||
	       (has_one(body, &words->selecting) && has_one(body, &words->fields));
}

/* "#define FIELD index", also by another name. */
static bool is_field(const struct pl_text_words *words, const struct pl_text_body *body)
{
	return body->words.n && (pl_idmap_get(&words->fields, body->words.list[0]) ||
				 pl_idmap_get(&words->renames, body->words.list[0]));
}

static struct pl_error *reach_from(struct pl_text_words *words, const struct pl_text_body *body)
{
	bool is_loose = has_one(body, &words->loose), uses = uses_field(words, body) || is_loose;

	if ((uses && body->record) || has_one(body, &words->reaching))
		PL_TRY(pl_text_put(&words->reaching, body->name));
	if (!body->is_macro)
		return NULL;
	if (is_field(words, body))
		PL_TRY(pl_text_put(&words->renames, body->name));
	if (body->selects || has_one(body, &words->selecting))
		PL_TRY(pl_text_put(&words->selecting, body->name));
	return uses && !body->record ? pl_text_put(&words->loose, body->name) : NULL;
}

struct pl_error *pl_text_reach(struct pl_text_words *words, const struct pl_text_body *bodies)
{
	size_t before, now = 0;

	do {
		before = now;
		for (const struct pl_text_body *body = bodies; body; body = body->next)
			PL_TRY(reach_from(words, body));
		now = words->reaching.used + words->renames.used + words->selecting.used +
		      words->loose.used;
	} while (now != before);
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

/* What is known where a text is looked at again. */
struct looking {
	const struct pl_text_words *words;
	const struct pl_text_facts *facts;
};

static bool is_field_name(const void *context, struct pl_bytes word, bool is_all)
{
	const struct looking *looking = context;
	uint64_t hash = pl_text_hash(word.data, word.size);

	(void)is_all;
	return pl_idmap_get(&looking->words->fields, hash) ||
	       pl_idmap_get(&looking->words->renames, hash);
}

static bool is_of_record(const void *context, struct pl_bytes word, bool is_all)
{
	const struct looking *looking = context;
	uint64_t hash = pl_text_hash(word.data, word.size);

	(void)is_all;
	return pl_text_is_about_record(looking->words, word.data, word.size) ||
	       pl_idmap_get(&looking->facts->pointers, hash) ||
	       pl_idmap_get(&looking->words->entrances, hash) ||
	       pl_idmap_get(&looking->words->members, hash);
}

/* Whether the word that ends at AT uses a field. */
static bool reaches(const struct looking *looking, struct pl_bytes text, size_t at,
		    struct pl_bytes word)
{
	const struct pl_text_words *words = looking->words;
	uint64_t hash = pl_text_hash(word.data, word.size);

	return pl_idmap_get(&words->reaching, hash) ||
	       (pl_idmap_get(&words->renames, hash) && follows_member(text, at - word.size)) ||
	       (pl_idmap_get(&words->selecting, hash) &&
		pl_text_has_argument(text, at, is_field_name, looking)) ||
	       (pl_idmap_get(&words->loose, hash) &&
		pl_text_has_argument(text, at, is_of_record, looking));
}

void pl_text_look_again(const struct pl_text_words *words, struct pl_bytes text,
			struct pl_text_facts *facts)
{
	const struct looking looking = {words, facts};
	struct pl_bytes word;

	for (size_t at = 0;
	     !(facts->record && facts->reaches) && pl_text_next_word(text, &at, &word);) {
		uint64_t hash = pl_text_hash(word.data, word.size);

		facts->reaches = facts->reaches || reaches(&looking, text, at, word);
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
