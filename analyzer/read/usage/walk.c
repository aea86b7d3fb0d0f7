/* SPDX-License-Identifier: MIT */
#include "read/usage/walk.h"

#include "read/usage/walk_internal.h"
#include "support/hash.h"

/* Functions that call each other ahead of their turn: more than any file has one behind the other.
 */
enum { MAX_AHEAD = 16 };

/* Far beyond the 256 brackets that clang reads; a chain of operators may be longer than that. */
enum { MAX_DEPTH = 6000 };

struct gathering {
	struct pl_walk *walk;
	bool failed;
};

static enum CXChildVisitResult gather(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct gathering *gathering = data;
	struct pl_walk *walk = gathering->walk;
	CXCursor *stack = pl_arena_grow(walk->arena, walk->stack, walk->n_stack,
					&walk->stack_capacity, sizeof(*stack));

	(void)parent;
	if (!stack) {
		gathering->failed = true;
		return CXChildVisit_Break;
	}
	walk->stack = stack;
	stack[walk->n_stack++] = cursor;
	return CXChildVisit_Continue;
}

struct pl_error *pl_walk_push(struct pl_walk *walk, CXCursor cursor, size_t *first, size_t *count)
{
	struct gathering gathering = {walk, false};

	if (walk->depth++ == MAX_DEPTH)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: an expression in it is nested too deeply", walk->function);
	*first = walk->n_stack;
	walk->clang->clang_visitChildren(cursor, gather, &gathering);
	*count = walk->n_stack - *first;
	return gathering.failed ? pl_error_no_memory() : NULL;
}

void pl_walk_pop(struct pl_walk *walk, size_t first)
{
	walk->n_stack = first;
	walk->depth--;
}

static struct pl_error *walk_part(struct pl_walk *walk, CXCursor cursor)
{
	if (pl_walk_is_expression(walk->clang->clang_getCursorKind(cursor)))
		return pl_walk_value(walk, cursor, (struct pl_use){0});
	return pl_walk_statement(walk, cursor);
}

static struct pl_error *walk_parts(struct pl_walk *walk, CXCursor cursor)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++)
		PL_TRY(walk_part(walk, walk->stack[first + i]));
	pl_walk_pop(walk, first);
	return NULL;
}

/* How many sizes the type of the variable CURSOR has that are found out where it is declared. */
static size_t count_sizes(const struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;
	CXType type = clang->clang_getCanonicalType(clang->clang_getCursorType(cursor));
	size_t sizes = 0;

	if (type.kind != CXType_VariableArray)
		return 0;
	for (; type.kind == CXType_VariableArray || type.kind == CXType_ConstantArray; sizes++)
		type = clang->clang_getArrayElementType(type);
	return sizes;
}

/* A size is read; where it is an object, libclang shows that, and no conversion. */
static struct pl_error *walk_sizes(struct pl_walk *walk, CXCursor cursor)
{
	size_t sizes = count_sizes(walk, cursor), first, count;

	if (!sizes)
		return NULL;
	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = count > sizes ? count - sizes : 0; i < count; i++) {
		CXCursor size = walk->stack[first + i];

		if (pl_walk_is_object(walk, size))
			PL_TRY(pl_walk_object(walk, size, (struct pl_use){.kind = PL_USE_READ}));
		else
			PL_TRY(pl_walk_value(walk, size, (struct pl_use){0}));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

/*
 * What stands before the initializer, or before the sizes of an array,
 * belongs to the type, as typeof(x): it is not evaluated.
 */
static struct pl_error *walk_variable(struct pl_walk *walk, CXCursor cursor)
{
	const struct pl_clang *clang = walk->clang;
	size_t first, count;

	if (clang->clang_Cursor_isNull(clang->clang_Cursor_getVarDeclInitializer(cursor)))
		return walk_sizes(walk, cursor);
	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count)
		PL_TRY(pl_walk_value(walk, walk->stack[first + count - 1], (struct pl_use){0}));
	pl_walk_pop(walk, first);
	return NULL;
}

/*
 * An operand that stands for itself is one in memory; whether it is read or
 * written the constraint says, which libclang does not show.
 */
static struct pl_error *walk_assembler(struct pl_walk *walk, CXCursor cursor)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++) {
		CXCursor operand = walk->stack[first + i];

		if (pl_walk_is_object(walk, operand))
			PL_TRY(pl_walk_object(walk, operand,
					      (struct pl_use){.kind = PL_USE_READ_WRITE}));
		else
			PL_TRY(walk_part(walk, operand));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

static struct pl_error *walk_return(struct pl_walk *walk, CXCursor cursor)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	if (count)
		PL_TRY(pl_walk_value(walk, walk->stack[first], (struct pl_use){.returned = true}));
	pl_walk_pop(walk, first);
	return NULL;
}

struct pl_error *pl_walk_statement(struct pl_walk *walk, CXCursor cursor)
{
	enum CXCursorKind kind = walk->clang->clang_getCursorKind(cursor);

	switch (kind) {
	case CXCursor_VarDecl:
		return walk_variable(walk, cursor);
	case CXCursor_GCCAsmStmt:
		return walk_assembler(walk, cursor);
	case CXCursor_ReturnStmt:
		return walk_return(walk, cursor);
	default:
		/* Other declarations, names of types and attributes are no code. */
		if (kind < CXCursor_FirstStmt || kind > CXCursor_LastStmt)
			return NULL;
		return walk_parts(walk, cursor);
	}
}

struct pl_error *pl_walk_block(struct pl_walk *walk, CXCursor cursor, struct pl_use use)
{
	size_t first, count;

	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++) {
		CXCursor part = walk->stack[first + i];

		if (i + 1 == count && pl_walk_is_expression(walk->clang->clang_getCursorKind(part)))
			PL_TRY(pl_walk_value(walk, part, use));
		else
			PL_TRY(walk_part(walk, part));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

static struct pl_error *walk_definition(struct pl_walk *walk, CXCursor cursor, const char *name,
					bool in_header)
{
	size_t first, count;

	walk->definition = cursor;
	walk->function = name;
	walk->in_header = in_header;
	walk->n_stack = 0;
	PL_TRY(pl_walk_push(walk, cursor, &first, &count));
	for (size_t i = 0; i < count; i++) {
		CXCursor part = walk->stack[first + i];

		if (walk->clang->clang_getCursorKind(part) == CXCursor_CompoundStmt)
			PL_TRY(pl_walk_statement(walk, part));
	}
	pl_walk_pop(walk, first);
	return NULL;
}

struct pl_error *pl_walk_function(struct pl_walk *walk, CXCursor cursor, const char *name,
				  bool in_header)
{
	walk->depth = 0;
	return walk_definition(walk, cursor, name, in_header);
}

/* A key for the function DEFINITION if it stands behind the one at hand, or 0. */
static struct pl_error *find_behind(struct pl_walk *walk, CXCursor definition, uint64_t *ret)
{
	const struct pl_clang *clang = walk->clang;
	struct pl_position here, there;

	PL_TRY(pl_code_files_position(walk->files, clang->clang_getCursorLocation(walk->definition),
				      &here));
	PL_TRY(pl_code_files_position(walk->files, clang->clang_getCursorLocation(definition),
				      &there));
	*ret = here.file && here.file == there.file && there.offset > here.offset
		       ? pl_hash_text(there.file->path) + there.offset
		       : 0;
	return NULL;
}

struct pl_error *pl_walk_ahead(struct pl_walk *walk, CXCursor definition, const char *name)
{
	struct pl_walk inner;
	uint64_t key;

	if (walk->n_ahead == MAX_AHEAD)
		return NULL;
	PL_TRY(find_behind(walk, definition, &key));
	if (!key || pl_idmap_get(&walk->ahead, key))
		return NULL;
	PL_TRY(pl_idmap_put(&walk->ahead, key, walk));
	inner = *walk;
	inner.found = (struct pl_found){.arena = walk->arena};
	inner.stack = NULL;
	inner.stack_capacity = 0;
	inner.n_ahead++;
	PL_TRY(walk_definition(&inner, definition, name, walk->in_header));
	walk->ahead = inner.ahead;
	return NULL;
}
