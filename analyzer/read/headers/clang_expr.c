/* SPDX-License-Identifier: MIT */
#include "read/headers/clang_expr.h"

#include <inttypes.h>
#include <string.h>

#include "read/headers/measure_text.h"
#include "read/headers/operator_text.h"

/* Deeper than any assertion; the compiler's own limit is 256. */
enum { MAX_DEPTH = 64 };

static enum CXChildVisitResult gather(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct pl_children *children = data;

	(void)parent;
	if (children->count == PL_EXPR_CHILDREN)
		return CXChildVisit_Break;
	children->list[children->count++] = cursor;
	return CXChildVisit_Continue;
}

void pl_expr_children(const struct pl_clang *clang, CXCursor cursor, struct pl_children *ret)
{
	ret->count = 0;
	clang->clang_visitChildren(cursor, gather, ret);
}

static enum CXCursorKind kind_of(const struct pl_clang *clang, CXCursor cursor)
{
	return clang->clang_getCursorKind(cursor);
}

static bool is_wrapper(const struct pl_clang *clang, CXCursor cursor)
{
	enum CXCursorKind kind = kind_of(clang, cursor);

	return kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr ||
	       kind == CXCursor_CStyleCastExpr;
}

CXCursor pl_expr_strip(const struct pl_clang *clang, CXCursor cursor)
{
	struct pl_children children;

	for (int depth = 0; depth < MAX_DEPTH && is_wrapper(clang, cursor); depth++) {
		pl_expr_children(clang, cursor, &children);
		/* An offsetof is unexposed too; its type comes first, that of a cast as well. */
		if (!children.count || (kind_of(clang, cursor) == CXCursor_UnexposedExpr &&
					kind_of(clang, children.list[0]) == CXCursor_TypeRef))
			break;
		cursor = children.list[children.count - 1];
	}
	return cursor;
}

bool pl_expr_value(const struct pl_clang *clang, CXCursor cursor, int64_t *ret)
{
	bool is_unsigned;

	return pl_expr_integer(clang, cursor, ret, &is_unsigned);
}

bool pl_expr_integer(const struct pl_clang *clang, CXCursor cursor, int64_t *ret, bool *is_unsigned)
{
	CXEvalResult result = clang->clang_Cursor_Evaluate(cursor);
	bool known = result && clang->clang_EvalResult_getKind(result) == CXEval_Int;

	if (known) {
		*ret = clang->clang_EvalResult_getAsLongLong(result);
		*is_unsigned = clang->clang_EvalResult_isUnsignedInt(result);
	}
	if (result)
		clang->clang_EvalResult_dispose(result);
	return known;
}

struct pl_error *pl_expr_operator(const struct pl_unit *unit, CXCursor cursor, const char **ret)
{
	const struct pl_clang *clang = unit->clang;

	*ret = "";
	if (kind_of(clang, cursor) != CXCursor_BinaryOperator)
		return NULL;
	*ret = pl_clang_text(clang, unit->arena, clang->clang_getCursorSpelling(cursor));
	if (*ret && !**ret && unit->expression_text)
		*ret = pl_operator_in_text(clang, unit->expression, unit->expression_text, cursor);
	return *ret ? NULL : pl_error_no_memory();
}

/* What has no name is spelled "" or "(unnamed struct at ...)", as the release of libclang likes. */
static bool is_named(const char *name)
{
	return *name && !strpbrk(name, " (:");
}

/* The name of the record that the reference CURSOR names; of one without, that of the typedef. */
static struct pl_error *set_record(const struct pl_unit *unit, CXCursor cursor,
				   struct pl_term *term)
{
	const struct pl_clang *clang = unit->clang;
	CXCursor declaration = clang->clang_getCursorReferenced(cursor);
	CXType type = clang->clang_getCanonicalType(clang->clang_getCursorType(declaration));
	CXCursor record = clang->clang_getTypeDeclaration(type);
	const char *name =
		pl_clang_text(clang, unit->arena, clang->clang_getCursorSpelling(record));

	term->declaration = declaration;
	if (!name)
		return pl_error_no_memory();
	if (type.kind == CXType_Record && is_named(name)) {
		term->declaration = record;
		term->record = name;
		return NULL;
	}
	term->record =
		pl_clang_text(clang, unit->arena, clang->clang_getCursorSpelling(declaration));
	return term->record ? NULL : pl_error_no_memory();
}

/* One step of an offsetof's path: a member, "" for an unnamed one, or an index. */
static struct pl_error *add_step(const struct pl_unit *unit, CXCursor cursor,
				 struct pl_strbuf *path)
{
	const struct pl_clang *clang = unit->clang;
	const char *name;
	int64_t index;

	if (kind_of(clang, cursor) != CXCursor_MemberRef) {
		if (pl_expr_value(clang, cursor, &index))
			pl_strbuf_printf(path, "[%" PRId64 "]", index);
		return NULL;
	}
	name = pl_clang_text(clang, unit->arena, clang->clang_getCursorSpelling(cursor));
	if (!name)
		return pl_error_no_memory();
	if (!is_named(name))
		return NULL;
	pl_strbuf_printf(path, "%s%s", path->length ? "." : "", name);
	return NULL;
}

/* What else is given a type, as __builtin_types_compatible_p() is, names no member. */
static bool is_offset(const struct pl_clang *clang, CXCursor cursor,
		      const struct pl_children *children)
{
	for (size_t i = 1; i < children->count; i++)
		if (kind_of(clang, children->list[i]) == CXCursor_MemberRef)
			return kind_of(clang, cursor) == CXCursor_UnexposedExpr;
	return false;
}

static struct pl_error *offset_term(const struct pl_unit *unit, const struct pl_children *children,
				    struct pl_term *term)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;

	term->form = PL_TERM_OFFSET;
	PL_TRY(set_record(unit, children->list[0], term));
	for (size_t i = 1; i < children->count; i++)
		PL_TRY(add_step(unit, children->list[i], &path));
	term->path = pl_strbuf_failed(&path) ? NULL : pl_arena_strdup(unit->arena, path.text);
	return term->path ? NULL : pl_error_no_memory();
}

/* The size or alignment of a record itself; of a pointer to it, say, it is neither. */
static struct pl_error *measure_term(const struct pl_unit *unit, CXCursor cursor,
				     CXCursor reference, struct pl_term *term)
{
	const struct pl_clang *clang = unit->clang;
	enum pl_measure measure =
		pl_measure_in_text(clang, unit->expression, unit->expression_text, cursor);
	long long value;
	CXType type;

	PL_TRY(set_record(unit, reference, term));
	type = clang->clang_getCursorType(term->declaration);
	value = measure == PL_MEASURE_ALIGN ? clang->clang_Type_getAlignOf(type)
					    : clang->clang_Type_getSizeOf(type);
	if (measure == PL_MEASURE_OTHER || (term->known && term->value != value))
		term->form = PL_TERM_OTHER;
	else
		term->form = measure == PL_MEASURE_ALIGN ? PL_TERM_ALIGN : PL_TERM_SIZE;
	term->times = 1;
	return NULL;
}

struct search {
	const struct pl_clang *clang;
	bool found;
	CXCursor reference;
};

static enum CXChildVisitResult look_for_record(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct search *search = data;

	(void)parent;
	if (search->clang->clang_getCursorKind(cursor) != CXCursor_TypeRef)
		return CXChildVisit_Recurse;
	search->found = true;
	search->reference = cursor;
	return CXChildVisit_Break;
}

bool pl_expr_names_record(const struct pl_clang *clang, CXCursor cursor)
{
	struct search search = {.clang = clang};

	clang->clang_visitChildren(cursor, look_for_record, &search);
	return search.found;
}

/* A NUMBER, unless there is a record somewhere in it. */
static struct pl_error *other_term(const struct pl_unit *unit, CXCursor cursor,
				   struct pl_term *term)
{
	struct search search = {.clang = unit->clang};

	unit->clang->clang_visitChildren(cursor, look_for_record, &search);
	term->form = search.found ? PL_TERM_OTHER : PL_TERM_NUMBER;
	return search.found ? set_record(unit, search.reference, term) : NULL;
}

static void set_value(struct pl_term *term, const struct pl_term *from)
{
	term->known = from->known;
	term->is_unsigned = from->is_unsigned;
	term->value = from->value;
}

/* number * sizeof(record), in either order. */
static bool multiply(const struct pl_term *a, const struct pl_term *b, struct pl_term *term)
{
	const struct pl_term *size = a->form == PL_TERM_SIZE ? a : b;
	const struct pl_term *number = size == a ? b : a;
	struct pl_term product = *size;

	if (size->form != PL_TERM_SIZE || number->form != PL_TERM_NUMBER || !number->known ||
	    number->value < 0 ||
	    __builtin_mul_overflow(size->times, (uint64_t)number->value, &product.times))
		return false;
	set_value(&product, term);
	*term = product;
	return true;
}

/* offsetof(record, path) + times * sizeof(added), in either order. */
static bool add(const struct pl_term *a, const struct pl_term *b, struct pl_term *term)
{
	const struct pl_term *offset = a->form == PL_TERM_OFFSET ? a : b;
	const struct pl_term *size = offset == a ? b : a;
	struct pl_term sum = *offset;

	if (offset->form != PL_TERM_OFFSET || offset->added || size->form != PL_TERM_SIZE)
		return false;
	sum.added = size->record;
	sum.times = size->times;
	set_value(&sum, term);
	*term = sum;
	return true;
}

static struct pl_error *find_term(const struct pl_unit *unit, CXCursor cursor, int depth,
				  struct pl_term *ret);

static struct pl_error *operator_term(const struct pl_unit *unit, CXCursor cursor, int depth,
				      struct pl_term *term)
{
	struct pl_children children;
	struct pl_term left, right;
	const char *operator;

	pl_expr_children(unit->clang, cursor, &children);
	PL_TRY(pl_expr_operator(unit, cursor, &operator));
	if (children.count != 2 || depth == MAX_DEPTH ||
	    (strcmp(operator, "*") && strcmp(operator, "+")))
		return other_term(unit, cursor, term);
	PL_TRY(find_term(unit, children.list[0], depth + 1, &left));
	PL_TRY(find_term(unit, children.list[1], depth + 1, &right));
	if (*operator== '*' ? multiply(&left, &right, term) : add(&left, &right, term))
		return NULL;
	return other_term(unit, cursor, term);
}

static struct pl_error *find_term(const struct pl_unit *unit, CXCursor cursor, int depth,
				  struct pl_term *ret)
{
	const struct pl_clang *clang = unit->clang;
	CXCursor plain = pl_expr_strip(clang, cursor);
	enum CXCursorKind kind = kind_of(clang, plain);
	struct pl_children children;

	*ret = (struct pl_term){.form = PL_TERM_NUMBER};
	ret->known = pl_expr_integer(clang, cursor, &ret->value, &ret->is_unsigned);
	if (kind == CXCursor_BinaryOperator)
		return operator_term(unit, plain, depth, ret);
	pl_expr_children(clang, plain, &children);
	if (!children.count || kind_of(clang, children.list[0]) != CXCursor_TypeRef)
		return other_term(unit, plain, ret);
	if (is_offset(clang, plain, &children))
		return offset_term(unit, &children, ret);
	if (kind == CXCursor_UnaryExpr && children.count == 1)
		return measure_term(unit, plain, children.list[0], ret);
	return other_term(unit, plain, ret);
}

struct pl_error *pl_expr_term(const struct pl_unit *unit, CXCursor cursor, struct pl_term *ret)
{
	return find_term(unit, cursor, 0, ret);
}

bool pl_term_fits(const struct pl_term *term)
{
	return term->known && !(term->is_unsigned && term->value < 0);
}

static void spell_size(uint64_t times, const char *record, struct pl_strbuf *buffer)
{
	if (times != 1)
		pl_strbuf_printf(buffer, "%" PRIu64 " * ", times);
	pl_strbuf_printf(buffer, "sizeof(%s)", record);
}

void pl_term_spell(const struct pl_term *term, struct pl_strbuf *buffer)
{
	switch (term->form) {
	case PL_TERM_OFFSET:
		pl_strbuf_printf(buffer, "offsetof(%s, %s)", term->record, term->path);
		if (term->added) {
			pl_strbuf_add(buffer, " + ");
			spell_size(term->times, term->added, buffer);
		}
		break;
	case PL_TERM_SIZE:
		spell_size(term->times, term->record, buffer);
		break;
	case PL_TERM_ALIGN:
		pl_strbuf_printf(buffer, "alignof(%s)", term->record);
		break;
	default:
		if (pl_term_fits(term))
			pl_strbuf_printf(buffer, "%" PRId64, term->value);
		else if (term->known)
			pl_strbuf_printf(buffer, "0x%" PRIx64, (uint64_t)term->value);
		else
			pl_strbuf_add(buffer, "...");
	}
}
