/* SPDX-License-Identifier: MIT */
#include "read/usage/text_facts.h"

#include <string.h>

#include "read/scan/lexer.h"
#include "read/usage/text_internal.h"

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
	bool begun;   /* something was there that is no comment */
	bool testing; /* it is in the condition of an #if */
	enum declaration declaration;
	bool after_star, after_member; /* the last thing that was no blank was "*"; "->" or "." */
	struct pl_text_body *function; /* a pointer is returned by what begins here, or has begun */
	struct pl_text_body *macro;    /* whose definition this is */
};

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

static bool is_word(const unsigned char *word, size_t length, const char *wanted)
{
	return strlen(wanted) == length && !memcmp(word, wanted, length);
}

static struct pl_error *add_name(struct reading *reading, struct pl_text_names *names,
				 uint64_t hash)
{
	uint64_t *list = pl_arena_grow(reading->words->arena, names->list, names->n,
				       &names->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	names->list = list;
	list[names->n++] = hash;
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
		return pl_text_put(reading->braces ? &reading->words->members
						   : &reading->words->entrances,
				   hash);
	} else {
		reading->declaration = NOTHING;
	}
	return NULL;
}

/* "#define FIELD index" is a field wherever it is used. */
static bool is_field(const struct reading *reading, uint64_t hash)
{
	bool renames = reading->macro && !reading->macro->words.n;

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
	hash = pl_text_hash(word, length);
	record = is_about_record(reading->words, word, length);
	field = is_field(reading, hash);
	facts->record = facts->record || record;
	facts->field = facts->field || field;
	PL_TRY(note_declaration(reading, word, length, hash));
	if (reading->testing)
		PL_TRY(add_name(reading, &facts->tests, hash));
	if (body) {
		body->record = body->record || record;
		body->field = body->field || field;
		PL_TRY(add_name(reading, &body->words, hash));
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

/* What is included; a name that a macro gives is not known. What was defined so far is early. */
static struct pl_error *take_included(struct reading *reading)
{
	reading->facts->n_early = reading->facts->defines.n;
	if (reading->at < reading->text.size && strchr("<\"", reading->text.data[reading->at]))
		return take_include(reading);
	reading->facts->unfollowed = true;
	return NULL;
}

/* The name after #define or #undef, which is *RET. */
static struct pl_error *take_name(struct reading *reading, uint64_t *ret)
{
	size_t begin = reading->at;

	while (reading->at < reading->text.size && pl_in_name(reading->text.data[reading->at]))
		reading->at++;
	*ret = pl_text_hash(reading->text.data + begin, reading->at - begin);
	return add_name(reading, &reading->facts->defines, *ret);
}

static struct pl_error *take_definition(struct reading *reading)
{
	uint64_t name;

	PL_TRY(take_name(reading, &name));
	PL_TRY(begin_body(reading, name, &reading->macro));
	reading->macro->is_macro = true;
	return NULL;
}

/* A condition, whose words are then read; a file that begins with "not yet" is guarded. */
static void take_condition(struct reading *reading)
{
	static const char *const conditions[] = {"ifndef", "if",       "ifdef",
						 "elif",   "elifndef", "elifdef"};
	bool is_first = !reading->begun;

	for (size_t i = 0; i < sizeof(conditions) / sizeof(*conditions); i++) {
		if (!take_directive(reading, conditions[i]))
			continue;
		reading->testing = true;
		if (is_first && (!i || (i == 1 && reading->text.data[reading->at] == '!')))
			reading->facts->guarded = true;
		return;
	}
	if (is_first && take_directive(reading, "pragma"))
		reading->facts->guarded = true;
}

/* A directive at the '#': what is included, tested and defined, and what macros are made of. */
static struct pl_error *take_hash(struct reading *reading)
{
	uint64_t name;

	reading->at++;
	skip_blanks(reading);
	if (take_directive(reading, "include") || take_directive(reading, "include_next"))
		return take_included(reading);
	if (take_directive(reading, "undef"))
		return take_name(reading, &name);
	if (take_directive(reading, "define"))
		return take_definition(reading);
	take_condition(reading);
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
	if (continued)
		return;
	reading->macro = NULL;
	reading->testing = false;
}

static struct pl_error *read_all(struct reading *reading)
{
	while (reading->at < reading->text.size) {
		unsigned char sign = reading->text.data[reading->at];
		size_t end = pl_text_skip(reading->text, reading->at);

		if (end != reading->at) {
			reading->at = end;
		} else if (pl_in_name(sign)) {
			PL_TRY(take_word(reading));
			reading->line_begins = false;
			reading->begun = true;
		} else if (sign == '#' && reading->line_begins) {
			PL_TRY(take_hash(reading));
			reading->line_begins = false;
			reading->begun = true;
		} else if (sign == '\n') {
			reading->at++;
			take_line_end(reading);
		} else {
			reading->at++;
			if (sign == ' ' || sign == '\t')
				continue;
			reading->line_begins = false;
			reading->begun = true;
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
