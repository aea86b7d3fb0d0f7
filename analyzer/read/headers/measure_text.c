/* SPDX-License-Identifier: MIT */
#include "read/headers/measure_text.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *word;
	enum pl_measure measure;
} words[] = {
	{"sizeof", PL_MEASURE_SIZE},	   {"alignof", PL_MEASURE_ALIGN},
	{"_Alignof", PL_MEASURE_ALIGN},	   {"__alignof", PL_MEASURE_ALIGN},
	{"__alignof__", PL_MEASURE_ALIGN},
};

enum { MAX_DEPTH = 64 };

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (is_word(text[length]))
		length++;
	return length;
}

static enum pl_measure word_measures(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (length == strlen(words[i].word) && !strncmp(text, words[i].word, length))
			return words[i].measure;
	return PL_MEASURE_OTHER;
}

/* "(struct page)": words in parentheses, and nothing else. */
static bool is_plain(const char *text)
{
	text += *text == ' ';
	if (*text != '(')
		return false;
	do
		text++;
	while (is_word(*text) || *text == ' ');
	return *text == ')';
}

/* What number WANTED in TEXT measures, and in *COUNT how many there are. */
static enum pl_measure nth_measure(const char *text, size_t wanted, size_t *count)
{
	enum pl_measure found = PL_MEASURE_OTHER;

	*count = 0;
	while (*text) {
		size_t length = word_length(text);
		enum pl_measure measure = word_measures(text, length);

		text += length ? length : 1;
		if (measure == PL_MEASURE_OTHER)
			continue;
		if ((*count)++ == wanted && is_plain(text))
			found = measure;
	}
	return found;
}

/* A walk from left to right, which counts what measures. */
struct walk {
	const struct pl_clang *clang;
	const void *wanted; /* the compiler's node of the cursor looked for */
	size_t count, index;
	bool found;
	int depth;
};

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct walk *walk = data;

	(void)parent;
	if (cursor.data[1] == walk->wanted) {
		walk->found = true;
		walk->index = walk->count;
	}
	walk->count += walk->clang->clang_getCursorKind(cursor) == CXCursor_UnaryExpr;
	if (++walk->depth < MAX_DEPTH)
		walk->clang->clang_visitChildren(cursor, visit, walk);
	walk->depth--;
	return CXChildVisit_Continue;
}

enum pl_measure pl_measure_in_text(const struct pl_clang *clang, CXCursor expression,
				   const char *text, CXCursor cursor)
{
	struct walk walk = {.clang = clang, .wanted = cursor.data[1]};
	enum pl_measure measure;
	size_t count;

	visit(expression, expression, &walk);
	measure = nth_measure(text, walk.index, &count);
	return walk.found && count == walk.count ? measure : PL_MEASURE_OTHER;
}
