/* SPDX-License-Identifier: MIT */
#include "read/usage/walk_internal.h"

/* CURSOR without parentheses, conversions and casts. */
static struct pl_error *strip(struct pl_walk *walk, CXCursor cursor, CXCursor *ret)
{
	for (;;) {
		enum CXCursorKind kind = walk->clang->clang_getCursorKind(cursor);
		size_t first, count;

		*ret = cursor;
		if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr &&
		    kind != CXCursor_CStyleCastExpr)
			return NULL;
		PL_TRY(pl_walk_push(walk, cursor, &first, &count));
		if (count)
			cursor = walk->stack[first + count - 1];
		pl_walk_pop(walk, first);
		if (!count)
			return NULL;
	}
}

/* The name of the enumerator that ARGUMENT is, into *RET; NULL if it is none. */
static struct pl_error *name_of_bit(struct pl_walk *walk, CXCursor argument, const char **ret)
{
	const struct pl_clang *clang = walk->clang;
	CXCursor plain, declaration;

	*ret = NULL;
	PL_TRY(strip(walk, argument, &plain));
	if (clang->clang_getCursorKind(plain) != CXCursor_DeclRefExpr)
		return NULL;
	declaration = clang->clang_getCursorReferenced(plain);
	if (clang->clang_getCursorKind(declaration) != CXCursor_EnumConstantDecl)
		return NULL;
	*ret = pl_clang_text(clang, walk->arena, clang->clang_getCursorSpelling(declaration));
	return *ret ? NULL : pl_error_no_memory();
}

/* Arguments of a call: the children from FIRST on. */
struct arguments {
	size_t first, count;
};

static struct pl_error *use_of(struct pl_walk *walk, const struct pl_effect *effect,
			       struct arguments arguments, struct pl_use *use)
{
	static const enum pl_use_kind kinds[PL_EFFECT_COUNT] = {
		[PL_EFFECT_READ] = PL_USE_READ,
		[PL_EFFECT_WRITE] = PL_USE_WRITE,
		[PL_EFFECT_READ_WRITE] = PL_USE_READ_WRITE,
		[PL_EFFECT_NOTHING] = PL_USE_NONE,
	};

	use->pointee = true;
	use->kind = kinds[effect->does];
	use->whole = effect->whole;
	if (effect->bit < 0 || (size_t)effect->bit >= arguments.count)
		return NULL;
	return name_of_bit(walk, walk->stack[arguments.first + (size_t)effect->bit], &use->bits);
}

static struct pl_error *walk_argument(struct pl_walk *walk, const struct pl_callee *callee,
				      struct arguments arguments, size_t index)
{
	const struct pl_effect *effect =
		callee && index < PL_CALLEE_ARGUMENTS ? callee->effects[index] : NULL;
	struct pl_use use = {.callee = callee ? callee->name : NULL};

	if (effect && effect->does == PL_EFFECT_UNEVALUATED)
		return NULL;
	if (effect)
		PL_TRY(use_of(walk, effect, arguments, &use));
	return pl_walk_value(walk, walk->stack[arguments.first + index], use);
}

/* What the function returns is the address of a field: that is used as the call is. */
static struct pl_error *use_returned(struct pl_walk *walk, CXCursor cursor,
				     const struct pl_callee *callee,
				     const struct pl_callee *definition, struct pl_use use)
{
	if (use.pointee && use.kind == PL_USE_NONE)
		return NULL;
	if (!use.pointee)
		use.kind = PL_USE_ADDRESS;
	use.helper = callee->name;
	for (const struct pl_returned *its = definition->returned; its; its = its->next) {
		const char *path = its->field;

		if (use.suffix)
			path = pl_arena_printf(walk->arena, "%s.%s", its->field, use.suffix);
		if (!path)
			return pl_error_no_memory();
		PL_TRY(pl_walk_note(walk, cursor, its->record, path, use));
	}
	return NULL;
}

/* What is called, NULL where that is not known: a function, or a member that points to one. */
static struct pl_error *find_callee(struct pl_walk *walk, CXCursor cursor, struct pl_callee **ret)
{
	const struct pl_clang *clang = walk->clang;
	CXCursor declaration = clang->clang_getCursorReferenced(cursor);
	struct pl_error *error;
	CXString name;

	*ret = NULL;
	if (clang->clang_Cursor_isNull(declaration))
		return NULL;
	name = clang->clang_getCursorSpelling(declaration);
	error = pl_callees_find(walk->callees, clang->clang_getCString(name), ret);
	clang->clang_disposeString(name);
	return error;
}

/*
 * What CALLEE, as it is defined in the unit, returns the address of is used.
 * Of a function that is not defined there, nothing is known.
 */
static struct pl_error *walk_returned(struct pl_walk *walk, CXCursor cursor,
				      struct pl_callee *callee, struct pl_use use)
{
	const struct pl_clang *clang = walk->clang;
	CXCursor definition =
		clang->clang_getCursorDefinition(clang->clang_getCursorReferenced(cursor));
	struct pl_callee *known;
	const char *name;

	if (clang->clang_Cursor_isNull(definition) ||
	    clang->clang_getCursorKind(definition) != CXCursor_FunctionDecl)
		return NULL;
	PL_TRY(pl_walk_ahead(walk, definition, callee->name));
	if (!callee->returned)
		return NULL;
	PL_TRY(pl_walk_name_definition(walk, definition, callee->name, &name));
	if (!name)
		return NULL;
	PL_TRY(pl_callees_find(walk->callees, name, &known));
	return use_returned(walk, cursor, callee, known, use);
}

static bool is_pointer(const struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;

	return clang->clang_getCanonicalType(clang->clang_getCursorType(cursor)).kind ==
	       CXType_Pointer;
}

struct pl_error *pl_walk_call(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	struct arguments arguments;
	struct pl_callee *callee;
	size_t first, count;

	PL_TRY(find_callee(walk, cursor, &callee));
	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count)
		PL_TRY(pl_walk_value(walk, walk->stack[first], (struct pl_use){0}));
	arguments = (struct arguments){first + 1, count ? count - 1 : 0};
	for (size_t i = 0; i < arguments.count; i++)
		PL_TRY(walk_argument(walk, callee, arguments, i));
	pl_walk_pop(walk, first);
	if (!callee || (!callee->returned && !is_pointer(walk, cursor)))
		return NULL;
	return walk_returned(walk, cursor, callee, use);
}
