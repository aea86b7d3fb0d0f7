/* SPDX-License-Identifier: MIT */
#include "read/usage/text_facts.h"

#include <string.h>

#include "read/scan/lexer.h"
#include "support/hash.h"

/* How far the words have come on the way to "struct RECORD *name". */
enum declaration { NOTHING, KEYWORD, RECORD, POINTER };

struct reading {
	struct pl_text_words *words;
	struct pl_bytes text;
	size_t at;
	struct pl_text_body **bodies;
	struct pl_text_facts *facts;
	unsigned braces, parentheses;
	bool in_code;	      /* the outermost braces are those of a function */
	bool in_record;	      /* they are those of a record that is looked for */
	unsigned char before; /* the last sign that was no blank; 0: it was a word */
	bool names_record;    /* that word was the name of a record that is looked for */
	bool line_begins;
	enum declaration declaration;
	bool after_star, after_member; /* the last thing that was no blank was "*"; "->" or "." */
	struct pl_text_body *function; /* a pointer is returned by what begins here, or has begun */
	struct pl_text_body *macro;    /* whose definition this is */
};

static uint64_t hash_of(const unsigned char *word, size_t length)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ word[i]) * 1099511628211u;
	return hash;
}

static bool is_about_record(const struct pl_text_words *words, const unsigned char *word,
			    size_t length)
{
	for (size_t i = 0; i < words->n_records; i++)
		if (memmem(word, length, words->records[i], strlen(words->records[i])))
			return true;
	return false;
}

static bool is_record(const struct pl_text_words *words, const unsigned char *word, size_t length)
{
	for (size_t i = 0; i < words->n_records; i++)
		if (strlen(words->records[i]) == length && !memcmp(words->records[i], word, length))
			return true;
	return false;
}

static struct pl_error *put(struct pl_idmap *map, uint64_t hash)
{
	return pl_idmap_get(map, hash) ? NULL : pl_idmap_put(map, hash, map);
}

static bool is_word(const unsigned char *word, size_t length, const char *wanted)
{
	return strlen(wanted) == length && !memcmp(word, wanted, length);
}

static struct pl_error *add_word(struct reading *reading, struct pl_text_body *body, uint64_t hash)
{
	uint64_t *words = pl_arena_grow(reading->words->arena, body->words, body->n_words,
					&body->capacity, sizeof(*words));

	if (!words)
		return pl_error_no_memory();
	body->words = words;
	words[body->n_words++] = hash;
	return NULL;
}

static struct pl_error *begin_body(struct reading *reading, uint64_t name,
				   struct pl_text_body **ret)
{
	struct pl_text_body *body = pl_arena_alloc(reading->words->arena, sizeof(*body));

	if (!body)
		return pl_error_no_memory();
	body->name = name;
	body->next = *reading->bodies;
	*reading->bodies = body;
	*ret = body;
	return NULL;
}

static unsigned char next_sign(const struct reading *reading)
{
	size_t at = reading->at;

	while (at < reading->text.size &&
	       (reading->text.data[at] == ' ' || reading->text.data[at] == '\t'))
		at++;
	return at < reading->text.size ? reading->text.data[at] : 0;
}

/* "struct page *name": a member, a function, a type. In parentheses it is a parameter. */
static struct pl_error *note_declaration(struct reading *reading, const unsigned char *word,
					 size_t length, uint64_t hash)
{
	unsigned char after = next_sign(reading);

	if (is_word(word, length, "const") || is_word(word, length, "volatile"))
		return NULL;
	if (is_word(word, length, "struct") || is_word(word, length, "union")) {
		reading->declaration = KEYWORD;
	} else if (reading->declaration == KEYWORD && is_record(reading->words, word, length)) {
		reading->declaration = RECORD;
	} else if (reading->declaration == POINTER) {
		reading->declaration = NOTHING;
		if (reading->parentheses || reading->in_code || reading->in_record || !after ||
		    !strchr("(;[,)", after))
			return NULL;
		return put(reading->braces ? &reading->words->members : &reading->words->entrances,
			   hash);
	} else {
		reading->declaration = NOTHING;
	}
	return NULL;
}

/* "#define FIELD index" is a field wherever it is used. */
static bool is_field(const struct reading *reading, uint64_t hash)
{
	bool renames = reading->macro && !reading->macro->n_words;

	return pl_idmap_get(&reading->words->lists, hash) ||
	       ((reading->after_member || renames) && pl_idmap_get(&reading->words->fields, hash));
}

/* The macro or the function that the word is in the body of, or NULL. */
static struct pl_text_body *body_at(const struct reading *reading)
{
	if (reading->macro)
		return reading->macro;
	return reading->braces ? reading->function : NULL;
}

static struct pl_error *take_word(struct reading *reading)
{
	const unsigned char *word = reading->text.data + reading->at;
	enum declaration before = reading->declaration;
	struct pl_text_facts *facts = reading->facts;
	struct pl_text_body *body = body_at(reading);
	bool record, field;
	size_t length = 0;
	uint64_t hash;

	while (reading->at < reading->text.size && pl_in_name(reading->text.data[reading->at])) {
		reading->at++;
		length++;
	}
	hash = hash_of(word, length);
	record = is_about_record(reading->words, word, length);
	field = is_field(reading, hash);
	facts->record = facts->record || record;
	facts->field = facts->field || field;
	PL_TRY(note_declaration(reading, word, length, hash));
	if (body) {
		body->record = body->record || record;
		body->field = body->field || field;
		PL_TRY(add_word(reading, body, hash));
	} else if (!reading->braces && !reading->parentheses && reading->after_star &&
		   before != POINTER && next_sign(reading) == '(') {
		PL_TRY(begin_body(reading, hash, &reading->function));
	}
	reading->after_star = reading->after_member = false;
	reading->before = 0;
	reading->names_record = is_record(reading->words, word, length);
	return NULL;
}

static void skip_blanks(struct reading *reading)
{
	while (reading->at < reading->text.size &&
	       (reading->text.data[reading->at] == ' ' || reading->text.data[reading->at] == '\t'))
		reading->at++;
}

static struct pl_error *take_include(struct reading *reading)
{
	const unsigned char *data = reading->text.data;
	struct pl_text_facts *facts = reading->facts;
	unsigned char end = data[reading->at] == '<' ? '>' : '"';
	size_t begin = reading->at + 1, at = begin;
	struct pl_text_include *list;

	while (at < reading->text.size && data[at] != end && data[at] != '\n')
		at++;
	if (at == reading->text.size || data[at] != end)
		return NULL;
	list = pl_arena_grow(reading->words->arena, facts->includes, facts->n_includes,
			     &facts->capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	facts->includes = list;
	list[facts->n_includes].quoted = end == '"';
	list[facts->n_includes].name =
		pl_arena_strndup(reading->words->arena, (const char *)data + begin, at - begin);
	reading->at = at + 1;
	return list[facts->n_includes++].name ? NULL : pl_error_no_memory();
}

static bool take_directive(struct reading *reading, const char *name)
{
	size_t length = strlen(name);

	if (reading->text.size - reading->at <= length ||
	    memcmp(reading->text.data + reading->at, name, length) ||
	    pl_in_name(reading->text.data[reading->at + length]))
		return false;
	reading->at += length;
	skip_blanks(reading);
	return true;
}

/* A directive at the '#': what is included, and what macros are made of. */
static struct pl_error *take_hash(struct reading *reading)
{
	size_t begin;

	reading->at++;
	skip_blanks(reading);
	if (take_directive(reading, "include") && reading->at < reading->text.size &&
	    strchr("<\"", reading->text.data[reading->at]))
		return take_include(reading);
	if (!take_directive(reading, "define"))
		return NULL;
	begin = reading->at;
	while (reading->at < reading->text.size && pl_in_name(reading->text.data[reading->at]))
		reading->at++;
	PL_TRY(begin_body(reading, hash_of(reading->text.data + begin, reading->at - begin),
			  &reading->macro));
	reading->macro->is_macro = true;
	return NULL;
}

static void take_sign(struct reading *reading, unsigned char sign)
{
	if (sign == '{' && !reading->braces) {
		reading->in_code = reading->before == ')';
		reading->in_record = !reading->before && reading->names_record;
	}
	if (sign == '{')
		reading->braces++;
	else if (sign == '}' && reading->braces)
		reading->braces--;
	else if (sign == '(')
		reading->parentheses++;
	else if (sign == ')' && reading->parentheses)
		reading->parentheses--;
	if ((sign == '}' && !reading->braces) || (sign == ';' && !reading->braces))
		reading->function = NULL;
	if (sign == '*' && reading->declaration >= RECORD)
		reading->declaration = POINTER;
	else
		reading->declaration = NOTHING;
	reading->after_star = sign == '*';
	reading->before = sign;
	if (!reading->braces)
		reading->in_code = reading->in_record = false;
}

static void take_line_end(struct reading *reading)
{
	bool continued = reading->at > 1 && reading->text.data[reading->at - 2] == '\\';

	reading->line_begins = !continued;
	if (!continued)
		reading->macro = NULL;
}

/* Where the comment or the string at AT ends; AT itself if there is none. */
static size_t skip(struct pl_bytes text, size_t at)
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

static struct pl_error *read_all(struct reading *reading)
{
	while (reading->at < reading->text.size) {
		unsigned char sign = reading->text.data[reading->at];
		size_t end = skip(reading->text, reading->at);

		if (end != reading->at) {
			reading->at = end;
		} else if (pl_in_name(sign)) {
			PL_TRY(take_word(reading));
			reading->line_begins = false;
		} else if (sign == '#' && reading->line_begins) {
			PL_TRY(take_hash(reading));
			reading->line_begins = false;
		} else if (sign == '\n') {
			reading->at++;
			take_line_end(reading);
		} else {
			reading->at++;
			if (sign == ' ' || sign == '\t')
				continue;
			reading->line_begins = false;
			reading->after_member =
				sign == '.' || (sign == '>' && reading->at > 1 &&
						reading->text.data[reading->at - 2] == '-');
			/* A macro need not hold whole brackets. */
			if (!reading->macro)
				take_sign(reading, sign);
		}
	}
	return NULL;
}

struct pl_error *pl_text_facts(struct pl_text_words *words, struct pl_bytes text,
			       struct pl_text_body **bodies, struct pl_text_facts *ret)
{
	struct reading reading = {
		.words = words, .text = text, .bodies = bodies, .facts = ret, .line_begins = true};

	*ret = (struct pl_text_facts){0};
	return read_all(&reading);
}

static bool uses_field(const struct pl_text_words *words, const struct pl_text_body *body)
{
	if (body->field && body->record)
		return true;
	for (size_t i = 0; i < body->n_words; i++)
		if (pl_idmap_get(&words->reaching, body->words[i]))
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
			PL_TRY(put(&words->entrances, body->name));
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

void pl_text_look_again(const struct pl_text_words *words, struct pl_bytes text,
			struct pl_text_facts *facts)
{
	for (size_t at = 0; at < text.size && !(facts->record && facts->reaches);) {
		size_t begin = at;
		uint64_t hash;

		while (at < text.size && pl_in_name(text.data[at]))
			at++;
		if (at == begin) {
			at = skip(text, at);
			at += at == begin;
			continue;
		}
		hash = hash_of(text.data + begin, at - begin);
		facts->reaches = facts->reaches || pl_idmap_get(&words->reaching, hash);
		facts->record =
			facts->record || pl_idmap_get(&words->entrances, hash) ||
			(pl_idmap_get(&words->members, hash) && follows_member(text, begin));
	}
}
