/* SPDX-License-Identifier: MIT */
#include "read/headers/operator_text.h"

#include <ctype.h>
#include <string.h>

/* The longer ones first, of those that begin alike. */
static const char *const operators[] = {"<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "<",
					">",  "+",  "-",  "*",	"/",  "%",  "&",  "|",	"^"};

enum { MAX_DEPTH = 64 };

static const char *operator_at(const char *text)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (!strncmp(text, operators[i], strlen(operators[i])))
			return operators[i];
	return NULL;
}

/* An operator is binary if something that it can be applied to stands before it. */
static bool ends_operand(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == ')' || c == ']' || c == '\'';
}

/* "(struct page *)": what stands before a closing parenthesis is no operand's neighbour. */
static bool is_pointer(const char *after)
{
	while (*after == '*' || *after == ' ')
		after++;
	return *after == ')';
}

/* The binary operator number WANTED in TEXT, and in *COUNT how many there are. */
static const char *nth_operator(const char *text, size_t wanted, size_t *count)
{
	const char *found = NULL;
	char before = '(';

	*count = 0;
	while (*text) {
		const char *operator= operator_at(text);

		if (operator&& ends_operand(before) && !is_pointer(text)) {
			if ((*count)++ == wanted)
				found = operator;
		}
		if (*text != ' ')
			before = operator? '(' : * text;
		text += operator? strlen(operator) : 1;
	}
	return found;
}

/* A walk from left to right, which counts the binary expressions. */
struct walk {
	const struct pl_clang *clang;
	const void *wanted; /* the compiler's node of the cursor looked for */
	size_t count, index;
	bool found;
	int depth;
};

/* Between the children of a binary expression stands its operator. */
struct children {
	struct walk *walk;
	bool is_binary;
	CXCursor parent;
	size_t seen;
};

static void meet(struct walk *walk, CXCursor cursor)
{
	if (cursor.data[1] == walk->wanted) {
		walk->found = true;
		walk->index = walk->count;
	}
	walk->count++;
}

static void visit(struct walk *walk, CXCursor cursor);

static enum CXChildVisitResult visit_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct children *children = data;

	(void)parent;
	if (children->is_binary && children->seen == 1)
		meet(children->walk, children->parent);
	children->seen++;
	visit(children->walk, cursor);
	return CXChildVisit_Continue;
}

static void visit(struct walk *walk, CXCursor cursor)
{
	struct children children = {
		.walk = walk,
		.is_binary = walk->clang->clang_getCursorKind(cursor) == CXCursor_BinaryOperator,
		.parent = cursor,
	};

	if (++walk->depth < MAX_DEPTH)
		walk->clang->clang_visitChildren(cursor, visit_child, &children);
	walk->depth--;
}

const char *pl_operator_in_text(const struct pl_clang *clang, CXCursor expression, const char *text,
				CXCursor cursor)
{
	struct walk walk = {.clang = clang, .wanted = cursor.data[1]};
	const char *found;
	size_t count;

	visit(&walk, expression);
	found = nth_operator(text, walk.index, &count);
	return walk.found && found && count == walk.count ? found : "";
}

/* How loosely OPERATOR binds; 0: closer than a comparison. */
static int looseness(const char *operator)
{
	static const char *const levels[][4] = {
		{"<", ">", "<=", ">="}, {"==", "!="}, {"&"}, {"^"}, {"|"}, {"&&"}, {"||"}};

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		for (size_t j = 0; j < 4 && levels[i][j]; j++)
			if (!strcmp(levels[i][j], operator))
				return (int)i + 1;
	return 0;
}

static int deepens(unsigned char c)
{
	if (c == '(' || c == '[')
		return 1;
	return c == ')' || c == ']' ? -1 : 0;
}

static struct pl_bytes trim(struct pl_bytes text)
{
	while (text.size && isspace(text.data[0]))
		text = (struct pl_bytes){text.data + 1, text.size - 1};
	while (text.size && isspace(text.data[text.size - 1]))
		text.size--;
	return text;
}

/* TEXT without the parentheses around all of it. */
static struct pl_bytes unwrap(struct pl_bytes text)
{
	int depth = 0;

	text = trim(text);
	while (text.size > 1 && text.data[0] == '(') {
		size_t at = 0;

		do
			depth += deepens(text.data[at]);
		while (++at < text.size && depth);
		if (depth || at < text.size)
			break;
		text = trim((struct pl_bytes){text.data + 1, text.size - 2});
	}
	return text;
}

/* The operator that TEXT begins with, which is not terminated. */
static const char *operator_in(struct pl_bytes text)
{
	char start[3] = "";

	memcpy(start, text.data, text.size < 2 ? text.size : 2);
	return operator_at(start);
}

const char *pl_operator_on_top(struct pl_bytes text, struct pl_bytes *right)
{
	const char *found = "";
	char before = '(';
	int depth = 0;

	text = unwrap(text);
	for (size_t at = 0, length; at < text.size; at += length) {
		struct pl_bytes rest = {text.data + at, text.size - at};
		const char *operator= operator_in(rest);
		bool binary = operator&& ends_operand(before);

		length = operator? strlen(operator) : 1;
		depth += deepens(text.data[at]);
		if (!depth && text.data[at] == '?')
			return "";
		if (!depth && binary && looseness(operator) &&
		    looseness(operator) >= looseness(found)) {
			found = operator;
			*right = (struct pl_bytes){rest.data + length, rest.size - length};
		}
		if (!isspace(text.data[at]))
			before = operator? '(' : (char) text.data[at];
	}
	return found;
}

bool pl_operator_compares(const char *operator)
{
	static const char *const all[] = {"==", "!=", "<", "<=", ">", ">="};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!strcmp(operator, all[i]))
			return true;
	return false;
}
