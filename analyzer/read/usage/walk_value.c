/* SPDX-License-Identifier: MIT */
#include "read/usage/walk_internal.h"

static const struct pl_use nothing = {0};

/*
 * A conversion that C makes by itself begins and ends where its operand does.
 * Anything else that libclang has no name for has words of its own.
 */
static bool is_conversion(const struct pl_walk *walk, CXCursor cursor, CXCursor operand)
{
	CXSourceRange outer = walk->clang->clang_getCursorExtent(cursor);
	CXSourceRange inner = walk->clang->clang_getCursorExtent(operand);

	return outer.begin_int_data == inner.begin_int_data &&
	       outer.end_int_data == inner.end_int_data;
}

static bool is_array(const struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;

	switch (clang->clang_getCanonicalType(clang->clang_getCursorType(cursor)).kind) {
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		return true;
	default:
		return false;
	}
}

/* The address of the object CURSOR is a value that is used as USE says. */
static struct pl_error *walk_address(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	if (!use.pointee)
		use.kind = PL_USE_ADDRESS;
	use.pointee = use.whole = false;
	use.taken = true;
	return pl_walk_object(walk, cursor, use);
}

/* memset(page, 0, sizeof(*page)) names no field, and touches all of them. */
static struct pl_error *note_whole(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	const char *record;

	if (!use.pointee || !use.whole)
		return NULL;
	record = pl_interest_pointee(walk->interest, walk->clang->clang_getCursorType(cursor));
	return record ? pl_walk_note(walk, cursor, record, NULL, use) : NULL;
}

/* CURSOR is an object; what is used is the value in it, or, of an array, where it is. */
static struct pl_error *walk_conversion(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	if (!pl_walk_is_object(walk, cursor))
		return pl_walk_value(walk, cursor, use);
	if (is_array(walk, cursor))
		return walk_address(walk, cursor, use);
	PL_TRY(note_whole(walk, cursor, use));
	return pl_walk_object(walk, cursor, (struct pl_use){.kind = PL_USE_READ});
}

static size_t count_expressions(const struct pl_walk *walk, size_t first, size_t count)
{
	size_t expressions = 0;

	for (size_t i = 0; i < count; i++)
		expressions += pl_walk_is_expression(
			walk->clang->clang_getCursorKind(walk->stack[first + i]));
	return expressions;
}

/*
 * Has no name in libclang: __builtin_choose_expr(), whose condition and two
 * arms are all there, offsetof() ...
 */
static struct pl_error *walk_unnamed(struct pl_walk *walk, size_t first, size_t count,
				     struct pl_use use)
{
	bool is_choice = count == 3 && count_expressions(walk, first, count) == 3;

	for (size_t i = 0; i < count; i++) {
		CXCursor part = walk->stack[first + i];

		if (!pl_walk_is_expression(walk->clang->clang_getCursorKind(part)))
			continue;
		if (is_choice && i)
			PL_TRY(walk_conversion(walk, part, use));
		else if (!pl_walk_is_object(walk, part)) /* else one of typeof() */
			PL_TRY(pl_walk_value(walk, part, nothing));
	}
	return NULL;
}

static struct pl_error *walk_arms(struct pl_walk *walk, CXCursor one, CXCursor other,
				  struct pl_use use)
{
	PL_TRY(walk_conversion(walk, one, use));
	return walk_conversion(walk, other, use);
}

/* "a ?: b": a, a again as the condition and as the first arm, then b. */
static bool is_short_choice(const struct pl_walk *walk, size_t first, size_t count)
{
	return count == 4 &&
	       walk->clang->clang_equalCursors(walk->stack[first], walk->stack[first + 1]);
}

static struct pl_error *walk_unexposed(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count == 1 && is_conversion(walk, cursor, walk->stack[first]))
		PL_TRY(walk_conversion(walk, walk->stack[first], use));
	else if (is_short_choice(walk, first, count))
		PL_TRY(walk_arms(walk, walk->stack[first], walk->stack[first + 3], use));
	else
		PL_TRY(walk_unnamed(walk, first, count, use));
	pl_walk_pop(walk, first);
	return NULL;
}

/* The first operand is only looked at for its type; which arm is taken libclang does not say. */
static struct pl_error *walk_generic(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	size_t first, count, expressions = 0;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++) {
		CXCursor part = walk->stack[first + i];

		if (pl_walk_is_expression(walk->clang->clang_getCursorKind(part)) && expressions++)
			PL_TRY(walk_conversion(walk, part, use));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

/* The operand without what stands around it, down to another cast. */
static CXCursor strip(struct pl_walk *walk, CXCursor cursor)
{
	for (;;) {
		enum CXCursorKind kind = walk->clang->clang_getCursorKind(cursor);
		size_t first, count;
		struct pl_error *error;

		if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr &&
		    kind != CXCursor_CStyleCastExpr)
			return cursor;
		error = pl_walk_push(walk, cursor, &first, &count);
		pl_error_free(error);
		if (!error && count)
			cursor = walk->stack[first + count - 1];
		pl_walk_pop(walk, first);
		if (error || !count ||
		    pl_interest_pointee(walk->interest, walk->clang->clang_getCursorType(cursor)))
			return cursor;
	}
}

/* What stands before the operand is the type, and not evaluated. */
static struct pl_error *walk_cast(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	const struct pl_clang *clang = walk->clang;
	const char *from, *to;
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count) {
		CXCursor operand = walk->stack[first + count - 1];

		to = pl_interest_pointee(walk->interest, clang->clang_getCursorType(cursor));
		from = to ? pl_interest_pointee(walk->interest,
						clang->clang_getCursorType(strip(walk, operand)))
			  : NULL;
		PL_TRY(pl_walk_note_cast(walk, cursor, from, to));
		/* What is no pointer to a record before is one from here on. */
		if (!from)
			PL_TRY(note_whole(walk, cursor, use));
		if (!pl_walk_is_object(walk, operand))
			PL_TRY(pl_walk_value(walk, operand, use));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

static struct pl_error *walk_unary(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	int operator= walk->clang->clang_getCursorUnaryOperatorKind(cursor);
	struct pl_error *error = NULL;
	size_t first, count;
	CXCursor operand;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (!count)
		goto done;
	operand = walk->stack[first + count - 1];
	switch (operator) {
	case PL_UNARY_ADDRESS:
		error = walk_address(walk, operand, use);
		break;
	case PL_UNARY_POST_INCREMENT:
	case PL_UNARY_POST_DECREMENT:
	case PL_UNARY_INCREMENT:
	case PL_UNARY_DECREMENT:
		error = note_whole(walk, cursor, use);
		if (!error)
			error = pl_walk_object(walk, operand,
					       (struct pl_use){.kind = PL_USE_READ_WRITE});
		break;
	case PL_UNARY_EXTENSION:
		error = pl_walk_value(walk, operand, use);
		break;
	default:
		error = pl_walk_value(walk, operand, nothing);
	}
done:
	pl_walk_pop(walk, first);
	return error;
}

static struct pl_error *walk_binary(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	int operator= walk->clang->clang_getCursorBinaryOperatorKind(cursor);
	struct pl_error *error = NULL;
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (operator== PL_BINARY_ADD || operator== PL_BINARY_SUBTRACT || operator==
	    PL_BINARY_ASSIGN)
		error = note_whole(walk, cursor, use);
	if (!error && count == 2) {
		error = operator== PL_BINARY_ASSIGN
				? pl_walk_object(walk, walk->stack[first],
						 (struct pl_use){.kind = PL_USE_WRITE})
				: pl_walk_value(walk, walk->stack[first], nothing);
	}
	if (!error && count == 2)
		error = pl_walk_value(
			walk, walk->stack[first + 1], operator== PL_BINARY_COMMA ? use : nothing);
	pl_walk_pop(walk, first);
	return error;
}

static struct pl_error *walk_compound_assignment(struct pl_walk *walk, CXCursor cursor,
						 struct pl_use use)
{
	size_t first, count;

	PL_TRY(note_whole(walk, cursor, use));
	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count == 2) {
		PL_TRY(pl_walk_object(walk, walk->stack[first],
				      (struct pl_use){.kind = PL_USE_READ_WRITE}));
		PL_TRY(pl_walk_value(walk, walk->stack[first + 1], nothing));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

/* All children that are expressions, the last FROM_END of them used as USE says. */
static struct pl_error *walk_children(struct pl_walk *walk, CXCursor cursor, struct pl_use use,
				      size_t from_end)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++) {
		CXCursor part = walk->stack[first + i];
		enum CXCursorKind kind = walk->clang->clang_getCursorKind(part);

		if (kind == CXCursor_CompoundStmt)
			PL_TRY(pl_walk_block(walk, part, use));
		else if (pl_walk_is_expression(kind))
			PL_TRY(pl_walk_value(walk, part, i + from_end >= count ? use : nothing));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

/*
 * A value that is part of one: f().x. An object that stands for itself where a
 * value is wanted is an operand of typeof().
 */
static struct pl_error *walk_bare(struct pl_walk *walk, CXCursor cursor)
{
	if (pl_walk_is_object(walk, cursor))
		return NULL;
	return pl_walk_object(walk, cursor, (struct pl_use){.kind = PL_USE_READ});
}

/* The type comes first, and is not evaluated. */
static struct pl_error *walk_literal(struct pl_walk *walk, CXCursor cursor)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count)
		PL_TRY(pl_walk_value(walk, walk->stack[first + count - 1], nothing));
	pl_walk_pop(walk, first);
	return NULL;
}

/* ".x = 1" or "[1] = 1", the value last. No other initializer is of the type void. */
static bool is_designated(const struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;

	return clang->clang_getCursorKind(cursor) == CXCursor_UnexposedExpr &&
	       clang->clang_getCursorType(cursor).kind == CXType_Void;
}

/* An object here is one that is copied: libclang shows lists as they are written, without that. */
static struct pl_error *walk_initializer(struct pl_walk *walk, CXCursor cursor)
{
	size_t first, count;

	if (!is_designated(walk, cursor))
		return walk_conversion(walk, cursor, nothing);
	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count)
		PL_TRY(walk_conversion(walk, walk->stack[first + count - 1], nothing));
	pl_walk_pop(walk, first);
	return NULL;
}

static struct pl_error *walk_initializers(struct pl_walk *walk, CXCursor cursor)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++)
		if (pl_walk_is_expression(walk->clang->clang_getCursorKind(walk->stack[first + i])))
			PL_TRY(walk_initializer(walk, walk->stack[first + i]));
	pl_walk_pop(walk, first);
	return NULL;
}

struct pl_error *pl_walk_value(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	switch (walk->clang->clang_getCursorKind(cursor)) {
	case CXCursor_UnexposedExpr:
		return walk_unexposed(walk, cursor, use);
	case CXCursor_CallExpr:
		PL_TRY(note_whole(walk, cursor, use));
		return pl_walk_call(walk, cursor, use);
	case CXCursor_CStyleCastExpr:
		return walk_cast(walk, cursor, use);
	case CXCursor_UnaryOperator:
		return walk_unary(walk, cursor, use);
	case CXCursor_BinaryOperator:
		return walk_binary(walk, cursor, use);
	case CXCursor_CompoundAssignOperator:
		return walk_compound_assignment(walk, cursor, use);
	case CXCursor_ConditionalOperator:
		return walk_children(walk, cursor, use, 2);
	case CXCursor_GenericSelectionExpr:
		return walk_generic(walk, cursor, use);
	case CXCursor_CompoundLiteralExpr:
		return walk_literal(walk, cursor);
	case CXCursor_InitListExpr:
		return walk_initializers(walk, cursor);
	case CXCursor_UnaryExpr: /* sizeof, alignof */
	case CXCursor_DeclRefExpr:
		return NULL;
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		return walk_bare(walk, cursor);
	default: /* StmtExpr, ParenExpr, literals */
		return walk_children(walk, cursor, use, 1);
	}
}
