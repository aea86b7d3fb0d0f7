/* SPDX-License-Identifier: MIT */
#include "read/usage/text_facts.h"

#include <string.h>

#include "read/scan/lexer.h"
#include "read/usage/text_internal.h"

static struct pl_error *add_name(struct pl_text_reading *reading, struct pl_text_names *names,
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

static struct pl_error *begin_body(struct pl_text_reading *reading, uint64_t name,
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

/* "#define FIELD index" is a field wherever it is used. */
static bool is_field(const struct pl_text_reading *reading, uint64_t hash)
{
	bool renames = reading->macro && !reading->macro->words.n;

	return pl_idmap_get(&reading->words->lists, hash) ||
	       ((reading->after_member || renames) && pl_idmap_get(&reading->words->fields, hash));
}

/* The macro or the function that the word is in the body of, or NULL. */
static struct pl_text_body *body_at(const struct pl_text_reading *reading)
{
	if (reading->macro)
		return reading->macro;
	return reading->braces || reading->parentheses ? reading->function : NULL;
}

static bool is_parameter(const struct pl_text_reading *reading, uint64_t hash)
{
	for (size_t i = 0; i < reading->parameters.n; i++)
		if (reading->parameters.list[i] == hash)
			return true;
	return false;
}

/* After these comes an expression, as after an operator. */
static bool is_statement(const unsigned char *word, size_t length)
{
	return pl_text_is_word(word, length, "return") || pl_text_is_word(word, length, "else") ||
	       pl_text_is_word(word, length, "case");
}

/* A name of what returns a pointer: there may be several, of which some are attributes. */
static struct pl_error *begin_function(struct pl_text_reading *reading, uint64_t name)
{
	struct pl_text_body *also = reading->function;

	PL_TRY(begin_body(reading, name, &reading->function));
	reading->function->also = also;
	reading->function->record = reading->about_record;
	return NULL;
}

/* "*name(", outside of all braces; what does not say that it returns a pointer says "return &". */
static struct pl_error *note_function(struct pl_text_reading *reading, const unsigned char *word,
				      size_t length, uint64_t hash, bool of_record)
{
	unsigned char after = pl_text_next_sign(reading);

	if (reading->braces) {
		if (reading->in_code && !reading->function && after == '&' &&
		    pl_text_is_word(word, length, "return"))
			return begin_function(reading, reading->outermost);
		return NULL;
	}
	if (reading->parentheses || after != '(')
		return NULL;
	reading->outermost = hash;
	return reading->returns_pointer && !of_record ? begin_function(reading, hash) : NULL;
}

static struct pl_error *take_word(struct pl_text_reading *reading)
{
	const unsigned char *word = reading->text.data + reading->at;
	bool of_record = reading->declaration >= PL_TEXT_RECORD;
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
	record = pl_text_is_about_record(reading->words, word, length);
	field = is_field(reading, hash) || pl_text_uses_whole(reading, word, length, hash);
	facts->record = facts->record || record;
	facts->field = facts->field || field;
	PL_TRY(pl_text_declare(reading, word, length, hash));
	if (reading->testing)
		PL_TRY(add_name(reading, &facts->tests, hash));
	for (; body; body = body->also) {
		body->record = body->record || record;
		body->field = body->field || field;
		body->selects =
			body->selects || (reading->after_member && is_parameter(reading, hash));
		PL_TRY(add_name(reading, &body->words, hash));
	}
	if (!reading->macro && !reading->words->is_unit)
		PL_TRY(note_function(reading, word, length, hash, of_record));
	reading->about_record = reading->about_record || record;
	reading->after_star = reading->after_member = false;
	reading->after_operand = !is_statement(word, length);
	reading->before = 0;
	reading->names_record = pl_text_is_record(reading->words, word, length);
	return NULL;
}

static void skip_blanks(struct pl_text_reading *reading)
{
	while (reading->at < reading->text.size &&
	       (reading->text.data[reading->at] == ' ' || reading->text.data[reading->at] == '\t'))
		reading->at++;
}

static struct pl_error *take_include(struct pl_text_reading *reading)
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

static bool take_directive(struct pl_text_reading *reading, const char *name)
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
static struct pl_error *take_included(struct pl_text_reading *reading)
{
	reading->facts->n_early = reading->facts->defines.n;
	if (reading->at < reading->text.size && strchr("<\"", reading->text.data[reading->at]))
		return take_include(reading);
	reading->facts->unfollowed = true;
	return NULL;
}

/* The name after #define or #undef, which is *RET. */
static struct pl_error *take_name(struct pl_text_reading *reading, uint64_t *ret)
{
	size_t begin = reading->at;

	while (reading->at < reading->text.size && pl_in_name(reading->text.data[reading->at]))
		reading->at++;
	*ret = pl_text_hash(reading->text.data + begin, reading->at - begin);
	return add_name(reading, &reading->facts->defines, *ret);
}

/* What the macro calls what it is given. */
static struct pl_error *take_parameters(struct pl_text_reading *reading)
{
	const unsigned char *data = reading->text.data;
	size_t size = reading->text.size;
	struct pl_bytes word;

	reading->parameters.n = 0;
	if (reading->at == size || data[reading->at] != '(')
		return NULL;
	while (reading->at < size && data[reading->at] != ')' && data[reading->at] != '\n') {
		size_t begin = reading->at;

		while (reading->at < size && pl_in_name(data[reading->at]))
			reading->at++;
		word = (struct pl_bytes){data + begin, reading->at - begin};
		if (word.size) {
			PL_TRY(add_name(reading, &reading->parameters,
					pl_text_hash(word.data, word.size)));
			if (pl_text_is_about_record(reading->words, word.data, word.size))
				reading->macro->record = reading->facts->record = true;
		} else {
			reading->at++;
		}
	}
	return NULL;
}

static struct pl_error *take_definition(struct pl_text_reading *reading)
{
	uint64_t name;

	PL_TRY(take_name(reading, &name));
	PL_TRY(begin_body(reading, name, &reading->macro));
	reading->macro->is_macro = true;
	return take_parameters(reading);
}

/* A condition, whose words are then read; a file that begins with "not yet" is guarded. */
static void take_condition(struct pl_text_reading *reading)
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
static struct pl_error *take_hash(struct pl_text_reading *reading)
{
	uint64_t name;

	reading->at++;
	skip_blanks(reading);
	if (take_directive(reading, "undef"))
		return take_name(reading, &name);
	if (take_directive(reading, "define"))
		return take_definition(reading);
	if (take_directive(reading, "include") || take_directive(reading, "include_next"))
		PL_TRY(take_included(reading));
	else
		take_condition(reading);
	reading->begun = true;
	return NULL;
}

static void take_sign(struct pl_text_reading *reading, unsigned char sign)
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
	if ((sign == '}' || sign == ';') && !reading->braces) {
		reading->function = NULL;
		reading->returns_pointer = reading->about_record = false;
	} else if (sign == '*' && !reading->braces && !reading->parentheses) {
		reading->returns_pointer = reading->declaration < PL_TEXT_RECORD;
	}
	reading->before = sign;
	if (!reading->braces)
		reading->in_code = reading->in_record = false;
}

static void take_line_end(struct pl_text_reading *reading)
{
	bool continued = reading->at > 1 && reading->text.data[reading->at - 2] == '\\';

	reading->line_begins = !continued;
	if (continued)
		return;
	/* What a macro is made of says nothing of what comes after it. */
	if (reading->macro)
		pl_text_declare_sign(reading, ';');
	reading->macro = NULL;
	reading->testing = false;
}

static struct pl_error *read_all(struct pl_text_reading *reading)
{
	while (reading->at < reading->text.size) {
		unsigned char sign = reading->text.data[reading->at];
		size_t end = pl_text_skip(reading->text, reading->at);

		if (end != reading->at) {
			reading->at = end;
		} else if (pl_in_name(sign)) {
			PL_TRY(take_word(reading));
			reading->line_begins = false;
			/* Names that a file defines for itself may come before it says that it is
			 * guarded. */
			reading->begun = reading->begun || !reading->macro;
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
			reading->begun = reading->begun || !reading->macro;
			reading->after_member =
				sign == '.' || (sign == '>' && reading->at > 1 &&
						reading->text.data[reading->at - 2] == '-');
			/* A macro need not hold whole brackets. */
			if (!reading->macro)
				take_sign(reading, sign);
			pl_text_declare_sign(reading, sign);
		}
	}
	return NULL;
}

struct pl_error *pl_text_facts(struct pl_text_words *words, struct pl_bytes text,
			       struct pl_text_body **bodies, struct pl_text_facts *ret)
{
	struct pl_text_reading reading = {
		.words = words, .text = text, .bodies = bodies, .facts = ret, .line_begins = true};

	*ret = (struct pl_text_facts){0};
	return read_all(&reading);
}
