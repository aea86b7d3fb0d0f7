/* SPDX-License-Identifier: MIT */
/* What declares a record, a pointer to one, or uses all of it. */
#include <string.h>

#include "read/scan/lexer.h"
#include "read/usage/text_internal.h"

bool pl_text_is_about_record(const struct pl_text_words *words, const unsigned char *word,
			     size_t length)
{
	for (size_t i = 0; i < words->n_records; i++)
		if (memmem(word, length, words->records[i], strlen(words->records[i])))
			return true;
	return false;
}

bool pl_text_is_record(const struct pl_text_words *words, const unsigned char *word, size_t length)
{
	for (size_t i = 0; i < words->n_records; i++)
		if (strlen(words->records[i]) == length && !memcmp(words->records[i], word, length))
			return true;
	return false;
}

bool pl_text_is_word(const unsigned char *word, size_t length, const char *wanted)
{
	return strlen(wanted) == length && !memcmp(word, wanted, length);
}

unsigned char pl_text_next_sign(const struct pl_text_reading *reading)
{
	size_t at = reading->at;

	while (at < reading->text.size &&
	       (reading->text.data[at] == ' ' || reading->text.data[at] == '\t'))
		at++;
	return at < reading->text.size ? reading->text.data[at] : 0;
}

/* The word is what is declared: a member, a function, a type. In parentheses it is a parameter. */
static struct pl_error *take_declarator(struct pl_text_reading *reading, uint64_t hash,
					bool is_pointer)
{
	struct pl_text_words *words = reading->words;
	bool is_parameter = reading->parentheses > (reading->points_to_function ? 1 : 0);
	bool listed = !reading->parentheses && pl_text_next_sign(reading) == ',';

	reading->declaration = listed ? PL_TEXT_LISTED : PL_TEXT_NOTHING;
	reading->facts->pointers.arena = words->arena;
	if (is_pointer && reading->stars == 1)
		PL_TRY(pl_text_put(&reading->facts->pointers, hash));
	/* One that is no pointer, in a function, is there to be used. */
	if (!is_pointer && reading->in_code)
		reading->facts->field = true;
	if (is_parameter || reading->in_code || reading->in_record)
		return NULL;
	return pl_text_put(reading->braces ? &words->members : &words->entrances, hash);
}

struct pl_error *pl_text_declare(struct pl_text_reading *reading, const unsigned char *word,
				 size_t length, uint64_t hash)
{
	unsigned char after = pl_text_next_sign(reading);
	bool is_pointer = reading->declaration == PL_TEXT_POINTER;

	if (pl_text_is_word(word, length, "const") || pl_text_is_word(word, length, "volatile"))
		return NULL;
	if (pl_text_is_word(word, length, "struct") || pl_text_is_word(word, length, "union")) {
		reading->declaration = PL_TEXT_KEYWORD;
		reading->points_to_function = false;
		reading->stars = 0;
	} else if (reading->declaration == PL_TEXT_KEYWORD &&
		   pl_text_is_record(reading->words, word, length)) {
		reading->declaration = PL_TEXT_RECORD;
	} else if (reading->declaration >= PL_TEXT_RECORD && after &&
		   strchr(is_pointer ? "(;[,)=" : ";[,=", after)) {
		return take_declarator(reading, hash, is_pointer);
	} else if (reading->declaration < PL_TEXT_RECORD || !(pl_in_name(after) || after == '\n')) {
		/* Else it is an attribute. */
		reading->declaration = PL_TEXT_NOTHING;
	}
	return NULL;
}

static void note_cast(struct pl_text_reading *reading)
{
	reading->facts->record = reading->facts->field = true;
	if (reading->macro)
		reading->macro->record = reading->macro->field = true;
}

void pl_text_declare_sign(struct pl_text_reading *reading, unsigned char sign)
{
	enum pl_text_declaration before = reading->declaration;
	bool is_pointer = before == PL_TEXT_POINTER;

	/* "(struct page *)", but not f(struct page *); all of it: sizeof(struct page). */
	if (sign == ')' && ((is_pointer && reading->is_cast) || before == PL_TEXT_RECORD))
		note_cast(reading);
	if (sign == '(')
		reading->is_cast = !reading->after_operand;
	reading->declaration = PL_TEXT_NOTHING;
	if (sign == '*' && before >= PL_TEXT_RECORD) {
		reading->stars = before == PL_TEXT_LISTED ? 1 : reading->stars + 1;
		reading->declaration = PL_TEXT_POINTER;
	} else if (sign == ',' && before == PL_TEXT_LISTED) {
		reading->declaration = before;
	} else if (sign == '(' && is_pointer && pl_text_next_sign(reading) == '*') {
		reading->points_to_function = true;
		reading->declaration = before;
	}
	reading->after_star = sign == '*';
	reading->after_operand = sign == ')' || sign == ']';
}

static bool is_pointer_name(const void *context, struct pl_bytes word, bool is_all)
{
	const struct pl_text_reading *reading = context;

	return is_all &&
	       (pl_text_is_record(reading->words, word.data, word.size) ||
		pl_idmap_get(&reading->facts->pointers, pl_text_hash(word.data, word.size)));
}

bool pl_text_uses_whole(const struct pl_text_reading *reading, const unsigned char *word,
			size_t length, uint64_t hash)
{
	unsigned char after = pl_text_next_sign(reading);

	if (pl_idmap_get(&reading->words->whole, hash))
		return pl_text_has_argument(reading->text, reading->at, is_pointer_name, reading);
	return reading->after_star && reading->declaration != PL_TEXT_POINTER && after != '-' &&
	       after != '.' && after != '(' &&
	       is_pointer_name(reading, (struct pl_bytes){word, length}, true);
}

/* More than any call has. */
enum { ARGUMENT_BYTES = 4096 };

bool pl_text_has_argument(struct pl_bytes text, size_t at, pl_text_argument *fits,
			  const void *context)
{
	size_t end = text.size - at > ARGUMENT_BYTES ? at + ARGUMENT_BYTES : text.size;
	unsigned char before = 0;
	unsigned depth = 0;

	while (at < end && (text.data[at] == ' ' || text.data[at] == '\t'))
		at++;
	if (at == end || text.data[at] != '(')
		return false;
	while (at < end) {
		size_t begin = at, next;

		while (at < end && pl_in_name(text.data[at]))
			at++;
		for (next = at; next < end && strchr(" \t\n\\", text.data[next]);)
			next++;
		if (at != begin) {
			bool is_all = depth == 1 && (before == '(' || before == ',') &&
				      next < end &&
				      (text.data[next] == ',' || text.data[next] == ')');

			if (fits(context, (struct pl_bytes){text.data + begin, at - begin}, is_all))
				return true;
			before = 0;
			continue;
		}
		if (next != at) {
			at = next;
			continue;
		}
		before = text.data[at];
		at = pl_text_skip(text, begin);
		at += at == begin;
		depth += before == '(';
		if (before == ')' && !--depth)
			return false;
	}
	return false;
}
