/* SPDX-License-Identifier: MIT */
#include "read/headers/clang_types.h"

#include <string.h>

/* A record on its way into the graph, or in it. */
struct known_record {
	CXCursor declaration;
	struct pl_type type;
	bool filled;
	struct known_record *next; /* with the same hash */
};

/* What converting goes by: records that are only pointed at keep just their name. */
struct how {
	bool layout;
	int depth;
};

static struct pl_error *convert(struct pl_clang_graph *graph, CXType type, struct how how,
				const struct pl_type **ret);

struct pl_clang_graph pl_clang_graph_init(const struct pl_unit *unit, struct pl_arena *arena)
{
	return (struct pl_clang_graph){.unit = unit, .arena = arena, .records = {.arena = arena}};
}

static struct pl_error *text_of(struct pl_clang_graph *graph, CXString text, const char **ret)
{
	*ret = pl_clang_text(graph->unit->clang, graph->arena, text);
	return *ret ? NULL : pl_error_no_memory();
}

/* Sizes and alignments that clang has none of are 0. */
static uint64_t bits(long long bytes)
{
	return bytes > 0 ? (uint64_t)bytes * 8 : 0;
}

static struct pl_error *new_type(struct pl_clang_graph *graph, enum pl_type_kind kind, CXType from,
				 struct pl_type **ret)
{
	*ret = pl_arena_alloc(graph->arena, sizeof(**ret));
	if (!*ret)
		return pl_error_no_memory();
	(*ret)->kind = kind;
	if (kind != PL_TYPE_FUNCTION && kind != PL_TYPE_VOID)
		(*ret)->size = bits(graph->unit->clang->clang_Type_getSizeOf(from));
	return NULL;
}

/* The members of one record, as they are visited. */
struct members {
	struct pl_clang_graph *graph;
	struct pl_type *record;
	struct how how;
	size_t capacity;
	struct pl_error *error;
};

/* What has no name is spelled "" or "(unnamed struct at ...)", as the release of libclang likes. */
static struct pl_error *copy_name(struct pl_clang_graph *graph, CXCursor cursor, const char **ret)
{
	PL_TRY(text_of(graph, graph->unit->clang->clang_getCursorSpelling(cursor), ret));
	if (!**ret || strpbrk(*ret, " (:"))
		*ret = NULL;
	return NULL;
}

static struct pl_error *add_member(struct members *members, CXCursor field)
{
	struct pl_clang_graph *graph = members->graph;
	const struct pl_clang *clang = graph->unit->clang;
	struct pl_type *record = members->record;
	struct pl_type_member *list =
		pl_arena_grow(graph->arena, record->members, record->n_members, &members->capacity,
			      sizeof(*list));
	CXType type = clang->clang_getCursorType(field);
	long long offset = clang->clang_Cursor_getOffsetOfField(field);
	struct pl_type_member *member;

	if (!list)
		return pl_error_no_memory();
	if (offset < 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "clang has no offset for a member of it");
	record->members = list;
	member = &list[record->n_members];
	PL_TRY(copy_name(graph, field, &member->name));
	member->offset = (uint64_t)offset;
	member->bit_field = clang->clang_Cursor_isBitField(field);
	if (member->bit_field)
		member->size = (uint64_t)clang->clang_getFieldDeclBitWidth(field);
	PL_TRY(pl_unit_place(graph->unit, clang->clang_getCursorLocation(field), &member->place));
	PL_TRY(convert(graph, type, members->how, &member->type));
	record->n_members++;
	return NULL;
}

static enum CXVisitorResult visit_member(CXCursor field, CXClientData data)
{
	struct members *members = data;

	members->error = add_member(members, field);
	return members->error ? CXVisit_Break : CXVisit_Continue;
}

static struct pl_error *fill_record(struct pl_clang_graph *graph, struct known_record *known,
				    CXType type, struct how how)
{
	const struct pl_clang *clang = graph->unit->clang;
	CXCursor definition = clang->clang_getCursorDefinition(known->declaration);
	struct members members = {graph, &known->type, {true, how.depth + 1}, 0, NULL};

	known->filled = true;
	if (clang->clang_Cursor_isNull(definition))
		return NULL;
	known->type.size = bits(clang->clang_Type_getSizeOf(type));
	known->type.align = bits(clang->clang_Type_getAlignOf(type));
	PL_TRY(pl_unit_place(graph->unit, clang->clang_getCursorLocation(definition),
			     &known->type.place));
	/* What is wrong in itself is not visited, and has a size of nothing in particular. */
	if (!clang->clang_Type_visitFields(type, visit_member, &members))
		return pl_error_new(PL_ERROR_UNREADABLE, "clang has no layout for it");
	known->type.complete = true;
	return members.error;
}

static struct pl_error *find_record(struct pl_clang_graph *graph, CXCursor declaration,
				    struct known_record **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	/* 0 is a hash like any other, but not an id. */
	uint64_t hash = (uint64_t)clang->clang_hashCursor(declaration) + 1;
	struct known_record *first = pl_idmap_get(&graph->records, hash), *known = first;

	while (known && !clang->clang_equalCursors(known->declaration, declaration))
		known = known->next;
	if (!known) {
		known = pl_arena_alloc(graph->arena, sizeof(*known));
		if (!known)
			return pl_error_no_memory();
		known->declaration = declaration;
		if (first) {
			known->next = first->next;
			first->next = known;
		} else {
			PL_TRY(pl_idmap_put(&graph->records, hash, known));
		}
	}
	*ret = known;
	return NULL;
}

static struct pl_error *convert_record(struct pl_clang_graph *graph, CXType type, struct how how,
				       const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	CXCursor declaration = clang->clang_getTypeDeclaration(type);
	struct known_record *known = NULL;

	PL_TRY(find_record(graph, declaration, &known));
	*ret = &known->type;
	known->type.kind = clang->clang_getCursorKind(declaration) == CXCursor_UnionDecl
				   ? PL_TYPE_UNION
				   : PL_TYPE_STRUCT;
	if (!known->type.name)
		PL_TRY(copy_name(graph, declaration, &known->type.name));
	if (!how.layout || known->filled)
		return NULL;
	return fill_record(graph, known, type, how);
}

static struct pl_error *convert_array(struct pl_clang_graph *graph, CXType type, struct how how,
				      const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	struct pl_type *array;
	long long count = clang->clang_getArraySize(type);

	PL_TRY(new_type(graph, PL_TYPE_ARRAY, type, &array));
	array->unbounded = type.kind == CXType_IncompleteArray;
	array->count = count > 0 ? (uint64_t)count : 0;
	*ret = array;
	return convert(graph, clang->clang_getArrayElementType(type), how, &array->to);
}

static struct pl_error *convert_function(struct pl_clang_graph *graph, CXType type, struct how how,
					 const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	int count = type.kind == CXType_FunctionProto ? clang->clang_getNumArgTypes(type) : 0;
	bool variadic = count > 0 && clang->clang_isFunctionTypeVariadic(type);
	struct pl_type *function;

	PL_TRY(new_type(graph, PL_TYPE_FUNCTION, type, &function));
	*ret = function;
	function->n_parameters = (size_t)count + variadic; /* the last is NULL: "..." */
	function->parameters = pl_arena_array(graph->arena, function->n_parameters,
					      sizeof(const struct pl_type *));
	if (!function->parameters)
		return pl_error_no_memory();
	for (int i = 0; i < count; i++)
		PL_TRY(convert(graph, clang->clang_getArgType(type, (unsigned)i), how,
			       &function->parameters[i]));
	return convert(graph, clang->clang_getResultType(type), how, &function->to);
}

/* A type that stands for another one: KIND, over what OTHER is. */
static struct pl_error *convert_alias(struct pl_clang_graph *graph, enum pl_type_kind kind,
				      CXType type, CXType other, struct how how,
				      const struct pl_type **ret)
{
	struct pl_type *alias;

	PL_TRY(new_type(graph, kind, type, &alias));
	*ret = alias;
	return convert(graph, other, how, &alias->to);
}

static struct pl_error *convert_typedef(struct pl_clang_graph *graph, CXType type, struct how how,
					const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	CXCursor declaration = clang->clang_getTypeDeclaration(type);
	struct pl_type *alias;

	PL_TRY(new_type(graph, PL_TYPE_TYPEDEF, type, &alias));
	PL_TRY(text_of(graph, clang->clang_getCursorSpelling(declaration), &alias->name));
	*ret = alias;
	return convert(graph, clang->clang_getTypedefDeclUnderlyingType(declaration), how,
		       &alias->to);
}

/* What has just a name and a size. */
static struct pl_error *convert_named(struct pl_clang_graph *graph, enum pl_type_kind kind,
				      CXType type, const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	struct pl_type *named;

	PL_TRY(new_type(graph, kind, type, &named));
	*ret = named;
	if (kind != PL_TYPE_ENUM)
		return text_of(graph, clang->clang_getTypeSpelling(type), &named->name);
	return copy_name(graph, clang->clang_getTypeDeclaration(type), &named->name);
}

static struct pl_error *convert_plain(struct pl_clang_graph *graph, CXType type, struct how how,
				      const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	struct how pointee = {false, how.depth};

	switch (type.kind) {
	case CXType_Void:
		*ret = NULL;
		return NULL;
	case CXType_Record:
		return convert_record(graph, type, how, ret);
	case CXType_Enum:
		return convert_named(graph, PL_TYPE_ENUM, type, ret);
	case CXType_Pointer:
		return convert_alias(graph, PL_TYPE_POINTER, type,
				     clang->clang_getPointeeType(type), pointee, ret);
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
		return convert_array(graph, type, how, ret);
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return convert_function(graph, type, pointee, ret);
	case CXType_Typedef:
		return convert_typedef(graph, type, how, ret);
	case CXType_Atomic:
		return convert_alias(graph, PL_TYPE_ATOMIC, type,
				     clang->clang_Type_getValueType(type), how, ret);
	case CXType_Elaborated:
		return convert(graph, clang->clang_Type_getNamedType(type), how, ret);
	case CXType_Float:
	case CXType_Double:
	case CXType_LongDouble:
	case CXType_Float128:
	case CXType_Float16:
		return convert_named(graph, PL_TYPE_FLOAT, type, ret);
	default:
		return convert_named(graph, PL_TYPE_BASE, type, ret);
	}
}

/* typeof() and attributes have no kind of their own: they are what they come to. */
static bool is_wrapper(CXType type)
{
	return type.kind == CXType_Unexposed || type.kind == CXType_Attributed ||
	       type.kind == CXType_Auto;
}

/* Puts the qualifier KIND around *TYPE, unless it is not THERE. */
static struct pl_error *qualify(struct pl_clang_graph *graph, unsigned there,
				enum pl_type_kind kind, const struct pl_type **type)
{
	struct pl_type *qualified;

	if (!there)
		return NULL;
	qualified = pl_arena_alloc(graph->arena, sizeof(*qualified));
	if (!qualified)
		return pl_error_no_memory();
	qualified->kind = kind;
	qualified->to = *type;
	*type = qualified;
	return NULL;
}

static struct pl_error *convert(struct pl_clang_graph *graph, CXType type, struct how how,
				const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	CXType plain = clang->clang_getUnqualifiedType(type);

	if (++how.depth > PL_TYPE_DEPTH)
		return pl_error_new(PL_ERROR_UNREADABLE, "types nest deeper than %d",
				    PL_TYPE_DEPTH);
	if (is_wrapper(plain) && clang->clang_getCanonicalType(plain).kind != plain.kind)
		return convert(graph, clang->clang_getCanonicalType(type), how, ret);
	PL_TRY(convert_plain(graph, plain, how, ret));
	PL_TRY(qualify(graph, clang->clang_isRestrictQualifiedType(type), PL_TYPE_RESTRICT, ret));
	PL_TRY(qualify(graph, clang->clang_isVolatileQualifiedType(type), PL_TYPE_VOLATILE, ret));
	return qualify(graph, clang->clang_isConstQualifiedType(type), PL_TYPE_CONST, ret);
}

struct pl_error *pl_clang_graph_record(struct pl_clang_graph *graph, CXCursor cursor,
				       const struct pl_type **ret)
{
	const struct pl_clang *clang = graph->unit->clang;
	CXType type = clang->clang_getCanonicalType(clang->clang_getCursorType(cursor));

	return convert_record(graph, type, (struct how){.layout = true}, ret);
}
