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
