/* SPDX-License-Identifier: MIT */
#include "read/headers/constant.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "read/headers/operator_text.h"

/* Numbers up to here are written in decimal: bit numbers, counts. What is larger is a mask. */
enum { MOST_DECIMAL = 9999, MAX_DEPTH = 64 };

/* The value of CURSOR as C writes it; *RET stays NULL where it has none. */
static struct pl_error *spell_value(const struct pl_unit *unit, CXCursor cursor, const char **ret)
{
	bool is_unsigned;
	int64_t value;

	if (!pl_expr_integer(unit->clang, cursor, &value, &is_unsigned))
		return NULL;
	if (value > MOST_DECIMAL || (is_unsigned && value < 0))
		*ret = pl_arena_printf(unit->arena, "0x%" PRIx64, (uint64_t)value);
	else
		*ret = pl_arena_printf(unit->arena, "%" PRId64, value);
	return *ret ? NULL : pl_error_no_memory();
}

/* The comparison in EXPRESSION; of "a || b < c" the last, which says why the whole does not hold.
 */
static bool find_comparison(const struct pl_clang *clang, struct pl_bytes text, CXCursor expression,
			    struct pl_children *ret)
{
	struct pl_bytes right = {0};
	const char *operator;

	for (int depth = 0; depth < MAX_DEPTH; depth++) {
		expression = pl_expr_strip(clang, expression);
		pl_expr_children(clang, expression, ret);
		operator= pl_operator_on_top(text, &right);
		if (clang->clang_getCursorKind(expression) != CXCursor_BinaryOperator ||
		    ret->count != 2)
			return false;
		if (strcmp(operator, "||"))
			return pl_operator_compares(operator);
		expression = ret->list[1];
		text = right;
	}
	return false;
}

static struct pl_error *read_sides(const struct pl_unit *unit, CXCursor expression,
				   struct pl_constant *ret)
{
	const char *written = ret->wanted.expression, *left = NULL, *right = NULL;
	struct pl_bytes text = {(const unsigned char *)written, strlen(written)};
	struct pl_children sides;

	if (!find_comparison(unit->clang, text, expression, &sides))
		return NULL;
	PL_TRY(spell_value(unit, sides.list[0], &left));
	PL_TRY(spell_value(unit, sides.list[1], &right));
	if (left && right) {
		ret->left = left;
		ret->right = right;
	}
	return NULL;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool names(const char *expression, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = expression; length && (at = strstr(at, name)); at += length)
		if ((at == expression || !is_word(at[-1])) && !is_word(at[length]))
			return true;
	return false;
}

struct search {
	const struct pl_unit *unit;
	const char *expression;
	struct pl_place place;
	struct pl_error *error;
};

/* Not one that only a macro uses, as it may use "false". */
static enum CXChildVisitResult look_for_enumerator(CXCursor cursor, CXCursor parent,
						   CXClientData data)
{
	struct search *search = data;
	const struct pl_clang *clang = search->unit->clang;
	CXString name;
	bool named;

	(void)parent;
	cursor = clang->clang_getCursorReferenced(cursor);
	if (clang->clang_getCursorKind(cursor) != CXCursor_EnumConstantDecl)
		return CXChildVisit_Recurse;
	name = clang->clang_getCursorSpelling(cursor);
	named = names(search->expression, clang->clang_getCString(name));
	clang->clang_disposeString(name);
	if (!named)
		return CXChildVisit_Recurse;
	search->error =
		pl_unit_place(search->unit, clang->clang_getCursorLocation(cursor), &search->place);
	return CXChildVisit_Break;
}

/* Where a macro comes from is nowhere in the syntax tree. */
static struct pl_error *find_place(const struct pl_unit *unit, CXCursor enumerator,
				   struct pl_constant *ret)
{
	struct search search = {.unit = unit, .expression = ret->wanted.expression};

	unit->clang->clang_visitChildren(enumerator, look_for_enumerator, &search);
	ret->place = search.place;
	return search.error;
}

static bool is_spoiled(const struct pl_unit *unit, size_t index)
{
	for (size_t i = 0; i < unit->n_spoiled; i++)
		if (unit->spoiled[i] == index)
			return true;
	return false;
}

/* Records that an expression declares are children of the enumeration, too. */
static bool find_expression(const struct pl_clang *clang, CXCursor cursor, CXCursor *enumerator,
			    CXCursor *expression)
{
	struct pl_children children, expressions;

	pl_expr_children(clang, cursor, &children);
	for (size_t i = 0; i < children.count; i++) {
		if (clang->clang_getCursorKind(children.list[i]) != CXCursor_EnumConstantDecl)
			continue;
		*enumerator = children.list[i];
		pl_expr_children(clang, *enumerator, &expressions);
		if (expressions.count == 1)
			*expression = expressions.list[0];
		return expressions.count == 1;
	}
	return false;
}

struct pl_error *pl_constant_read(const struct pl_unit *unit, CXCursor cursor, size_t index,
				  struct pl_constant *ret)
{
	const struct pl_clang *clang = unit->clang;
	CXCursor enumerator, expression;
	int64_t value;

	if (is_spoiled(unit, index) || !find_expression(clang, cursor, &enumerator, &expression) ||
	    !pl_expr_value(clang, expression, &value))
		return NULL;
	ret->known = true;
	ret->holds = value != 0;
	PL_TRY(read_sides(unit, expression, ret));
	return find_place(unit, enumerator, ret);
}
