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

static const char *qualifier(const struct pl_type *type)
{
	switch (type->kind) {
	case PL_TYPE_CONST:
		return "const";
	case PL_TYPE_VOLATILE:
		return "volatile";
	case PL_TYPE_RESTRICT:
		return "restrict";
	default:
		return "_Atomic";
	}
}

/* Puts a qualifier where C wants it: after the star of a pointer, else before the name. */
static bool qualifies_pointer(const struct pl_type *type)
{
	for (int depth = 0; type && depth < PL_TYPE_DEPTH; depth++, type = type->to) {
		if (type->kind == PL_TYPE_POINTER)
			return true;
		if (type->kind < PL_TYPE_CONST)
			return false;
	}
	return false;
}

static void spell(const struct pl_type *type, struct pl_strbuf *inner, struct pl_strbuf *prefix,
		  int depth);

static void spell_name(const struct pl_type *type, struct pl_strbuf *inner,
		       const struct pl_strbuf *prefix)
{
	const char *name = type ? type->name : "void";

	if (inner->length && inner->text[0] != '[')
		pl_strbuf_prepend(inner, " ");
	pl_strbuf_prepend(inner, name && *name ? name : "{...}");
	pl_strbuf_prepend(inner, type ? keyword(type) : "");
	pl_strbuf_prepend(inner, prefix->text);
	inner->failed |= pl_strbuf_failed(prefix);
}

static void spell_parameters(const struct pl_type *type, struct pl_strbuf *inner, int depth)
{
	pl_strbuf_add(inner, "(");
	for (size_t i = 0; i < type->n_parameters; i++) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf parameter = PL_STRBUF_INIT;
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf prefix = PL_STRBUF_INIT;

		/* Functions that take functions can double the text at every level. */
		if (inner->length > MAX_SPELLING) {
			pl_strbuf_add(inner, "...");
			break;
		}
		if (type->parameters[i])
			spell(type->parameters[i], &parameter, &prefix, depth + 1);
		else
			pl_strbuf_add(&parameter, "...");
		pl_strbuf_add(inner, i ? ", " : "");
		pl_strbuf_add_buffer(inner, &parameter);
	}
	pl_strbuf_add(inner, type->n_parameters ? ")" : "void)");
}

/* What stands right of a pointer's star binds tighter than the star: it needs parentheses. */
static void spell_pointer(const struct pl_type *type, struct pl_strbuf *inner)
{
	const struct pl_type *to = type->to;

	pl_strbuf_prepend(inner, "*");
	if (to && (to->kind == PL_TYPE_ARRAY || to->kind == PL_TYPE_FUNCTION)) {
		pl_strbuf_prepend(inner, "(");
		pl_strbuf_add(inner, ")");
	}
}

static void spell_qualifier(const struct pl_type *type, struct pl_strbuf *inner,
			    struct pl_strbuf *prefix)
{
	struct pl_strbuf *place = qualifies_pointer(type->to) ? inner : prefix;

	if (place == prefix || place->length)
		pl_strbuf_prepend(place, " ");
	pl_strbuf_prepend(place, qualifier(type));
}

/*
 * From the outside in: INNER holds what has been spelled so far around the
 * place of the name, PREFIX the qualifiers of the innermost type.
 */
static void spell(const struct pl_type *type, struct pl_strbuf *inner, struct pl_strbuf *prefix,
		  int depth)
{
	for (; type && depth < PL_TYPE_DEPTH; depth++, type = type->to) {
		switch (type->kind) {
		case PL_TYPE_POINTER:
			spell_pointer(type, inner);
			break;
		case PL_TYPE_ARRAY:
			if (type->unbounded)
				pl_strbuf_add(inner, "[]");
			else
				pl_strbuf_printf(inner, "[%ju]", (uintmax_t)type->count);
			break;
		case PL_TYPE_FUNCTION:
			spell_parameters(type, inner, depth);
			break;
		case PL_TYPE_CONST:
		case PL_TYPE_VOLATILE:
		case PL_TYPE_RESTRICT:
		case PL_TYPE_ATOMIC:
			spell_qualifier(type, inner, prefix);
			break;
		case PL_TYPE_VOID:
			type = NULL;
			/* fall through */
		default:
			spell_name(type, inner, prefix);
			return;
		}
	}
	spell_name(NULL, inner, prefix);
}

void pl_type_spell(const struct pl_type *type, struct pl_strbuf *buffer)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf inner = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf prefix = PL_STRBUF_INIT;

	spell(type, &inner, &prefix, 0);
	pl_strbuf_add_buffer(buffer, &inner);
}
