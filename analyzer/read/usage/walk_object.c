/* SPDX-License-Identifier: MIT */
#include "read/usage/walk_internal.h"

#include <string.h>

static const struct pl_use nothing = {0};

static enum CXChildVisitResult take_first(CXCursor cursor, CXCursor parent, CXClientData data)
{
	(void)parent;
	*(CXCursor *)data = cursor;
	return CXChildVisit_Break;
}

/* The first child of CURSOR, or a null cursor. */
static CXCursor first_child(const struct pl_walk *walk, CXCursor cursor)
{
	CXCursor child = walk->clang->clang_getNullCursor();

	walk->clang->clang_visitChildren(cursor, take_first, &child);
	return child;
}

static bool is_pointer(const struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;

	return clang->clang_getCanonicalType(clang->clang_getCursorType(cursor)).kind ==
	       CXType_Pointer;
}

static bool designates(int operator)
{
	return operator== PL_UNARY_DEREFERENCE || operator== PL_UNARY_EXTENSION || operator==
		PL_UNARY_REAL ||
		operator== PL_UNARY_IMAGINARY;
}

bool pl_walk_is_object(const struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;

	for (;;) {
		enum CXCursorKind kind = clang->clang_getCursorKind(cursor);
		int operator= 0;

		if (kind == CXCursor_DeclRefExpr || kind == CXCursor_ArraySubscriptExpr ||
		    kind == CXCursor_CompoundLiteralExpr || kind == CXCursor_StringLiteral)
			return true;
		if (kind == CXCursor_UnaryOperator)
			operator= clang->clang_getCursorUnaryOperatorKind(cursor);
		if (operator== PL_UNARY_DEREFERENCE)
			return true;
		if (kind != CXCursor_MemberRefExpr && kind != CXCursor_ParenExpr &&
		    !designates(operator))
			return false;
		cursor = first_child(walk, cursor);
		if (clang->clang_Cursor_isNull(cursor))
			return false;
		/* p->x is an object whatever p is, v.x is one if v is. */
		if (kind == CXCursor_MemberRefExpr && is_pointer(walk, cursor))
			return true;
	}
}

/* NAME.SUFFIX, either of which may be empty, into *RET. */
static struct pl_error *join(struct pl_walk *walk, const char *name, const char *suffix,
			     const char **ret)
{
	if (!suffix || !*suffix)
		*ret = name;
	else if (!*name)
		*ret = suffix;
	else
		*ret = pl_arena_printf(walk->arena, "%s.%s", name, suffix);
	return *ret ? NULL : pl_error_no_memory();
}

/*
 * A field that is itself a host or an overlay is no field that is used, but a
 * way to look at the same bytes: its address is one record taken for another,
 * also where nothing is done with it.
 */
static struct pl_error *note_field(struct pl_walk *walk, CXCursor cursor,
				   const struct pl_field_info *field, const char *path,
				   struct pl_use use)
{
	if (use.taken && field->holds && !strcmp(path, field->name)) {
		PL_TRY(pl_walk_note_cast(walk, cursor, field->record, field->holds));
		if (use.kind == PL_USE_ADDRESS)
			return NULL;
	}
	return use.kind == PL_USE_NONE ? NULL
				       : pl_walk_note(walk, cursor, field->record, path, use);
}

/* BASE is what a part of is used as USE says: an object, or, BY_POINTER, a pointer to one. */
static struct pl_error *walk_base(struct pl_walk *walk, CXCursor base, bool by_pointer,
				  struct pl_use use)
{
	if (by_pointer) {
		use.pointee = use.kind != PL_USE_NONE;
		return pl_walk_value(walk, base, use);
	}
	/* Also of f().x.y, where neither is an object: what is used is a part of a part. */
	return pl_walk_object(walk, base, use);
}

static struct pl_error *walk_member(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	const struct pl_clang *clang = walk->clang;
	CXCursor declaration = clang->clang_getCursorReferenced(cursor);
	CXCursor base = first_child(walk, cursor);
	const struct pl_field_info *field;
	const char *path;
	bool by_pointer;

	if (clang->clang_Cursor_isNull(base))
		return NULL;
	by_pointer = is_pointer(walk, base);
	if (clang->clang_getCursorKind(declaration) != CXCursor_FieldDecl)
		return walk_base(walk, base, by_pointer, nothing);
	PL_TRY(pl_interest_field(walk->interest, declaration, &field));
	PL_TRY(join(walk, field->name, use.suffix, &path));
	if (!field->record) {
		use.suffix = path;
		return walk_base(walk, base, by_pointer, use);
	}
	PL_TRY(note_field(walk, cursor, field, path, use));
	return walk_base(walk, base, by_pointer, nothing);
}

/* An element stands for its array. */
static struct pl_error *walk_element(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count == 2) {
		use.pointee = use.kind != PL_USE_NONE;
		use.suffix = NULL;
		PL_TRY(pl_walk_value(walk, walk->stack[first], use));
		PL_TRY(pl_walk_value(walk, walk->stack[first + 1], nothing));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

/* All of a record: *page = *other. */
static struct pl_error *note_whole(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	const char *record;

	/* What is made on the spot is nobody's page. */
	if (use.kind == PL_USE_NONE || use.kind == PL_USE_ADDRESS || use.suffix ||
	    walk->clang->clang_getCursorKind(cursor) == CXCursor_CompoundLiteralExpr)
		return NULL;
	record = pl_interest_record(walk->interest, walk->clang->clang_getCursorType(cursor));
	return record ? pl_walk_note(walk, cursor, record, NULL, use) : NULL;
}

static struct pl_error *walk_unary(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	int operator= walk->clang->clang_getCursorUnaryOperatorKind(cursor);
	CXCursor operand = first_child(walk, cursor);

	if (walk->clang->clang_Cursor_isNull(operand))
		return NULL;
	if (operator!= PL_UNARY_DEREFERENCE)
		return designates(operator) ? pl_walk_object(walk, operand, use)
					    : pl_walk_value(walk, cursor, nothing);
	use.pointee = use.kind != PL_USE_NONE;
	return pl_walk_value(walk, operand, use);
}

struct pl_error *pl_walk_object(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	PL_TRY(note_whole(walk, cursor, use));
	switch (walk->clang->clang_getCursorKind(cursor)) {
	case CXCursor_MemberRefExpr:
		return walk_member(walk, cursor, use);
	case CXCursor_ArraySubscriptExpr:
		return walk_element(walk, cursor, use);
	case CXCursor_UnaryOperator:
		return walk_unary(walk, cursor, use);
	case CXCursor_ParenExpr:
		return pl_walk_object(walk, first_child(walk, cursor), use);
	case CXCursor_DeclRefExpr:
		return NULL;
	default:
		return pl_walk_value(walk, cursor, nothing);
	}
}
