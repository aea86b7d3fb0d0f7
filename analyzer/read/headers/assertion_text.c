/* SPDX-License-Identifier: MIT */
#include "read/headers/assertion_text.h"

#include <ctype.h>
#include <string.h>

static bool is_word(unsigned char c)
{
	return isalnum(c) || c == '_';
}

/* The identifier at AT, of no length if there is none. */
static struct pl_bytes word_at(struct pl_bytes text, size_t at)
{
	size_t end = at;

	while (end < text.size && is_word(text.data[end]))
		end++;
	return (struct pl_bytes){text.data + at, end - at};
}

static bool equals(struct pl_bytes word, const char *text)
{
	return word.size == strlen(text) && !memcmp(word.data, text, word.size);
}

static bool is_keyword(struct pl_bytes word)
{
	return equals(word, "static_assert") || equals(word, "_Static_assert");
}

/* The line that AT is on belongs to a directive. */
static size_t line_start(struct pl_bytes text, size_t at)
{
	while (at && text.data[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(struct pl_bytes text, size_t at)
{
	while (at < text.size && text.data[at] != '\n')
		at++;
	return at;
}

static size_t skip_blanks(struct pl_bytes text, size_t at)
{
	while (at < text.size && isspace(text.data[at]))
		at++;
	return at;
}

static bool is_directive(struct pl_bytes text, size_t start)
{
	size_t at = skip_blanks(text, start);

	return at < text.size && text.data[at] == '#';
}

static size_t skip_line_comments(struct pl_bytes text, size_t at)
{
	at = skip_blanks(text, at);
	while (at + 1 < text.size && text.data[at] == '/' && text.data[at + 1] == '/')
		at = skip_blanks(text, line_end(text, at));
	return at;
}

/* After the last thing before OFFSET that ends a declaration: ; { } a directive, a comment. */
static size_t declaration_start(struct pl_bytes text, size_t offset)
{
	size_t at = offset;

	while (at) {
		unsigned char c = text.data[at - 1];

		if (c == ';' || c == '{' || c == '}' ||
		    (c == '/' && at > 1 && text.data[at - 2] == '*'))
			break;
		if (c == '\n' && is_directive(text, line_start(text, at - 1)))
			break;
		at--;
	}
	return skip_line_comments(text, at);
}

/* The end of the directive that starts on the line at AT: lines go on after a backslash. */
static size_t directive_end(struct pl_bytes text, size_t at)
{
	size_t end = line_end(text, at);

	while (end < text.size && end > at && text.data[end - 1] == '\\')
		end = line_end(text, end + 1);
	return end;
}

static bool holds_keyword(struct pl_bytes body)
{
	for (size_t at = 0; at < body.size;) {
		struct pl_bytes word = word_at(body, at);

		if (is_keyword(word))
			return true;
		at += word.size ? word.size : 1;
	}
	return false;
}

/* Whether some "#define NAME..." before END has a static assertion in its body. */
static bool makes_assertion(struct pl_bytes text, struct pl_bytes name, size_t end)
{
	for (size_t at = 0; at < end; at = line_end(text, at) + 1) {
		size_t word = skip_blanks(text, at);

		if (word >= end || text.data[word] != '#')
			continue;
		word = skip_blanks(text, word + 1);
		if (!equals(word_at(text, word), "define"))
			continue;
		word = skip_blanks(text, word + strlen("define"));
		if (equals(word_at(text, word), "") || word_at(text, word).size != name.size ||
		    memcmp(text.data + word, name.data, name.size))
			continue;
		if (holds_keyword(
			    (struct pl_bytes){text.data + word, directive_end(text, word) - word}))
			return true;
	}
	return false;
}

bool pl_text_is_assertion(struct pl_bytes text, size_t offset)
{
	struct pl_bytes word;
	size_t start;

	if (offset > text.size)
		return false;
	/* The location may be the macro's name itself, or anything inside its parentheses. */
	start = declaration_start(text, offset);
	if (start > offset)
		start = offset;
	word = word_at(text, start);
	return word.size && (is_keyword(word) || makes_assertion(text, word, start));
}
