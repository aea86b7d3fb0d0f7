/* SPDX-License-Identifier: MIT */
/*
 * Constant expressions over records, as assertions hold them: offsets and
 * sizes are told from anything else, whatever macros, parentheses and casts
 * stand around them.
 */
#ifndef PAGELAP_READ_HEADERS_CLANG_EXPR_H
#define PAGELAP_READ_HEADERS_CLANG_EXPR_H

#include "read/headers/clang_unit.h"

enum { PL_EXPR_CHILDREN = 64 };

/* The children of a cursor; more than there is room for are not looked at. */
struct pl_children {
	CXCursor list[PL_EXPR_CHILDREN];
	size_t count;
};

enum pl_term_form {
	PL_TERM_NUMBER, /* names no record */
	PL_TERM_OFFSET, /* offsetof(record, path) + times * sizeof(added) */
	PL_TERM_SIZE,	/* times * sizeof(record) */
	PL_TERM_ALIGN,	/* alignof(record) */
	PL_TERM_OTHER,	/* anything else with a record in it */
};

/* One side of a comparison. */
struct pl_term {
	enum pl_term_form form;
	CXCursor declaration; /* of the record, or of the typedef of one without a name */
	const char *record;   /* its name, of PL_TERM_NUMBER NULL */
	const char *path;     /* of PL_TERM_OFFSET */
	const char *added;    /* NULL: nothing is */
	uint64_t times;
	bool known;
	bool is_unsigned; /* the value's bits are those of an unsigned number */
	int64_t value;
};

void pl_expr_children(const struct pl_clang *clang, CXCursor cursor, struct pl_children *ret);

/* CURSOR without parentheses, casts and conversions. */
CXCursor pl_expr_strip(const struct pl_clang *clang, CXCursor cursor);

/* Whether CURSOR is a binary operator, and which, as C writes it; "" if it is none. */
struct pl_error *pl_expr_operator(const struct pl_unit *unit, CXCursor cursor,
				  const char **ret) PL_MUST_CHECK;

/* Whether a record is named anywhere in CURSOR. */
bool pl_expr_names_record(const struct pl_clang *clang, CXCursor cursor);

/* Its value, if it is a constant; and whether the bits are those of an unsigned one. */
bool pl_expr_value(const struct pl_clang *clang, CXCursor cursor, int64_t *ret);
bool pl_expr_integer(const struct pl_clang *clang, CXCursor cursor, int64_t *ret,
		     bool *is_unsigned);

struct pl_error *pl_expr_term(const struct pl_unit *unit, CXCursor cursor,
			      struct pl_term *ret) PL_MUST_CHECK;

/* Whether the value of TERM is known, and a number that int64_t holds. */
bool pl_term_fits(const struct pl_term *term);

/* Appends TERM as C would write it, records without their keyword. */
void pl_term_spell(const struct pl_term *term, struct pl_strbuf *buffer);

#endif
