/* SPDX-License-Identifier: MIT */
/* Names that mean the same: types as compilers spell them, members that were renamed. */
#include <ctype.h>
#include <string.h>

#include "diff/diff_internal.h"

/* Shorter ones are prefixes ("pt", "pp") that say nothing. */
enum { SHORTEST_WORD = 3 };

/* The words of C's integer types, in the order in which they are told. */
static const char *const integer_words[] = {"unsigned", "signed", "short", "long", "char", "int"};

enum {
	N_INTEGER_WORDS = sizeof(integer_words) / sizeof(*integer_words),
	INT = N_INTEGER_WORDS - 1
};

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

static int integer_word(const char *text, size_t length)
{
	for (int i = 0; i < N_INTEGER_WORDS; i++)
		if (strlen(integer_words[i]) == length && !strncmp(text, integer_words[i], length))
			return i;
	return -1;
}

/* How often each word is in an integer type; "int" counts only where it stands alone. */
struct integer {
	unsigned count[N_INTEGER_WORDS];
};

/* Takes the integer type that **TEXT begins with; false: it begins with none. */
static bool take_integer(const char **text, struct integer *ret)
{
	const char *at = *text;
	bool others = false;

	*ret = (struct integer){0};
	while (true) {
		size_t length = word_length(at);
		int word = integer_word(at, length);

		if (word < 0)
			break;
		ret->count[word]++;
		others |= word != INT;
		*text = at + length;
		at = **text == ' ' ? *text + 1 : *text;
	}
	if (!others && !ret->count[INT])
		return false;
	ret->count[INT] = !(ret->count[2] || ret->count[3] || ret->count[4]);
	return true;
}

bool pl_diff_same_type(const char *a, const char *b)
{
	while (*a && *b) {
		struct integer left, right;
		bool is_left = take_integer(&a, &left), is_right = take_integer(&b, &right);
		size_t length = word_length(a);

		if (is_left != is_right || (is_left && memcmp(&left, &right, sizeof(left)) != 0))
			return false;
		if (is_left)
			continue;
		if (!length)
			length = 1;
		if (strncmp(a, b, length) || (length > 1 && word_length(b) != length))
			return false;
		a += length;
		b += length;
	}
	return *a == *b;
}

/* The next word of **NAME, which is moved behind it, into *RET; 0: there is none. */
static size_t next_word(const char **name, const char **ret)
{
	size_t length = 0;

	while (**name && !isalpha((unsigned char)**name))
		++*name;
	*ret = *name;
	while (isalpha((unsigned char)**name)) {
		++*name;
		length++;
	}
	return length;
}

static bool has_word(const char *name, const char *word, size_t length)
{
	const char *its;
	size_t its_length;

	while ((its_length = next_word(&name, &its)))
		if (its_length == length && !strncmp(its, word, length))
			return true;
	return false;
}

size_t pl_diff_common_words(const char *old, const char *new, const char *record)
{
	size_t length, sum = 0;
	const char *word;

	while ((length = next_word(&old, &word)))
		if (length >= SHORTEST_WORD && has_word(new, word, length) &&
		    !has_word(record, word, length))
			sum += length;
	return sum;
}

/* What follows PREFIX in PATH: "", ".next", "[0]"; NULL: it is not in it. */
static const char *rest_of(const char *path, const char *prefix)
{
	return pl_path_is_within(path, prefix) ? path + strlen(prefix) : NULL;
}

struct pl_error *pl_diff_new_path(const struct pl_differ *d, const char *record, const char *path,
				  const char **ret)
{
	*ret = path;
	for (size_t i = 0; record && path && i < d->n_renames; i++) {
		const struct pl_rename *rename = &d->renames[i];
		const char *rest = rest_of(path, rename->old);

		if (!rest || strcmp(rename->record, record))
			continue;
		*ret = pl_arena_printf(d->diff->arena, "%s%s", rename->new, rest);
		return *ret ? NULL : pl_error_no_memory();
	}
	return NULL;
}

bool pl_diff_same_path(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return rest_of(a, b) || rest_of(b, a);
}
