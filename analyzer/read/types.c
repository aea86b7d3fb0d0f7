/* SPDX-License-Identifier: MIT */
#include "read/types.h"

/* Longer than any type that a person would read. */
enum { MAX_SPELLING = 4096 };

const struct pl_type *pl_type_strip(const struct pl_type *type)
{
	for (int depth = 0; type; depth++, type = type->to) {
		if (depth == PL_TYPE_DEPTH)
			return NULL;
		switch (type->kind) {
		case PL_TYPE_TYPEDEF:
		case PL_TYPE_CONST:
		case PL_TYPE_VOLATILE:
		case PL_TYPE_RESTRICT:
		case PL_TYPE_ATOMIC:
			break;
		case PL_TYPE_VOID:
			return NULL;
		default:
			return type;
		}
	}
	return NULL;
}

/* An array may have more room than its elements need, as vectors do, but not less. */
static struct pl_error *size_at(const struct pl_type *type, int depth, uint64_t *ret)
{
	uint64_t size = 0;

	type = pl_type_strip(type);
	if (!type || type->kind == PL_TYPE_FUNCTION)
		return pl_error_new(PL_ERROR_UNREADABLE, "its type has no size");
	if ((type->kind == PL_TYPE_STRUCT || type->kind == PL_TYPE_UNION) && !type->complete)
		return pl_error_new(PL_ERROR_UNREADABLE, "its type is not defined");
	if (type->kind == PL_TYPE_ARRAY && type->count) {
		if (depth == PL_TYPE_DEPTH)
			return pl_error_new(PL_ERROR_UNREADABLE, "an array's size is absurd");
		PL_TRY(size_at(type->to, depth + 1, &size));
		if (__builtin_mul_overflow(size, type->count, &size))
			return pl_error_new(PL_ERROR_UNREADABLE, "an array's size is absurd");
	}
	*ret = size > type->size ? size : type->size;
	return NULL;
}

struct pl_error *pl_type_size(const struct pl_type *type, uint64_t *ret)
{
	return size_at(type, 0, ret);
}

static const char *keyword(const struct pl_type *type)
{
	switch (type->kind) {
	case PL_TYPE_STRUCT:
		return "struct ";
	case PL_TYPE_UNION:
		return "union ";
	case PL_TYPE_ENUM:
		return "enum ";
	default:
		return "";
	}
}

/* In the order in which they are spelled, whatever the order in which a source has them. */
static const char *const qualifiers[] = {
	[PL_TYPE_CONST - PL_TYPE_CONST] = "const",
	[PL_TYPE_VOLATILE - PL_TYPE_CONST] = "volatile",
	[PL_TYPE_RESTRICT - PL_TYPE_CONST] = "restrict",
	[PL_TYPE_ATOMIC - PL_TYPE_CONST] = "_Atomic",
};

static unsigned qualifier_bit(const struct pl_type *type)
{
	return 1u << (type->kind - PL_TYPE_CONST);
}

/* QUALIFIED has a bit for each: before what is spelled so far. */
static void spell_qualifiers(unsigned qualified, struct pl_strbuf *inner)
{
	for (size_t i = sizeof(qualifiers) / sizeof(*qualifiers); i-- > 0;) {
		if (!(qualified & 1u << i))
			continue;
		if (inner->length)
			pl_strbuf_prepend(inner, " ");
		pl_strbuf_prepend(inner, qualifiers[i]);
	}
}

static void spell(const struct pl_type *type, struct pl_strbuf *inner, int depth);

static void spell_name(const struct pl_type *type, unsigned qualified, struct pl_strbuf *inner)
{
	const char *name = type ? type->name : "void";

	if (inner->length && inner->text[0] != '[')
		pl_strbuf_prepend(inner, " ");
	pl_strbuf_prepend(inner, name && *name ? name : "{...}");
	pl_strbuf_prepend(inner, type ? keyword(type) : "");
	spell_qualifiers(qualified, inner);
}

static void spell_parameters(const struct pl_type *type, struct pl_strbuf *inner, int depth)
{
	pl_strbuf_add(inner, "(");
	for (size_t i = 0; i < type->n_parameters; i++) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf parameter = PL_STRBUF_INIT;

		/* Functions that take functions can double the text at every level. */
		if (inner->length > MAX_SPELLING) {
			pl_strbuf_add(inner, "...");
			break;
		}
		if (type->parameters[i])
			spell(type->parameters[i], &parameter, depth + 1);
		else
			pl_strbuf_add(&parameter, "...");
		pl_strbuf_add(inner, i ? ", " : "");
		pl_strbuf_add_buffer(inner, &parameter);
	}
	pl_strbuf_add(inner, type->n_parameters ? ")" : "void)");
}

static bool stands_right(const struct pl_type *type)
{
	for (int depth = 0; type && depth < PL_TYPE_DEPTH; depth++, type = type->to)
		if (type->kind < PL_TYPE_CONST)
			return type->kind == PL_TYPE_ARRAY || type->kind == PL_TYPE_FUNCTION;
	return false;
}

/* What stands right of a pointer's star binds tighter than the star: it needs parentheses. */
static void spell_pointer(const struct pl_type *type, struct pl_strbuf *inner)
{
	pl_strbuf_prepend(inner, "*");
	if (stands_right(type->to)) {
		pl_strbuf_prepend(inner, "(");
		pl_strbuf_add(inner, ")");
	}
}

/*
 * From the outside in: INNER holds what has been spelled so far around the
 * place of the name. A qualifier stands right of a pointer's star, else before
 * the name; that of an array is its elements', and one of a function says what
 * an attribute said (gcc: volatile for noreturn), and is no part of its type.
 */
static void spell(const struct pl_type *type, struct pl_strbuf *inner, int depth)
{
	unsigned qualified = 0;

	for (; type && depth < PL_TYPE_DEPTH; depth++, type = type->to) {
		switch (type->kind) {
		case PL_TYPE_POINTER:
			spell_qualifiers(qualified, inner);
			spell_pointer(type, inner);
			qualified = 0;
			break;
		case PL_TYPE_ARRAY:
			if (type->unbounded)
				pl_strbuf_add(inner, "[]");
			else
				pl_strbuf_printf(inner, "[%ju]", (uintmax_t)type->count);
			break;
		case PL_TYPE_FUNCTION:
			spell_parameters(type, inner, depth);
			qualified = 0;
			break;
		case PL_TYPE_CONST:
		case PL_TYPE_VOLATILE:
		case PL_TYPE_RESTRICT:
		case PL_TYPE_ATOMIC:
			qualified |= qualifier_bit(type);
			break;
		case PL_TYPE_VOID:
			type = NULL;
			/* fall through */
		default:
			spell_name(type, qualified, inner);
			return;
		}
	}
	spell_name(NULL, qualified, inner);
}

void pl_type_spell(const struct pl_type *type, struct pl_strbuf *buffer)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf inner = PL_STRBUF_INIT;

	spell(type, &inner, 0);
	pl_strbuf_add_buffer(buffer, &inner);
}
