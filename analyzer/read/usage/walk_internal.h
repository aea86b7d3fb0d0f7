/* SPDX-License-Identifier: MIT */
/* The parts of walking a function. */
#ifndef PAGELAP_READ_USAGE_WALK_INTERNAL_H
#define PAGELAP_READ_USAGE_WALK_INTERNAL_H

#include "read/usage/walk.h"

enum pl_use_kind {
	PL_USE_NONE, /* nothing is done with it; of an object: it is only what a part is a part of
		      */
	PL_USE_READ,
	PL_USE_WRITE,
	PL_USE_READ_WRITE,
	PL_USE_ADDRESS,
};

/*
 * What an expression is used for. Of an object, that is done with it. Of a
 * value nothing is done, or, if `pointee`, that with what it points to.
 */
struct pl_use {
	enum pl_use_kind kind;
	bool pointee;
	bool whole;	    /* a value: all of what it points to, as memset() does */
	bool returned;	    /* a value: the function at hand returns it */
	bool taken;	    /* an object: its address is taken, whatever is done with that */
	const char *suffix; /* part of the object that is meant: "next" of "lru"; NULL: all of it */
	const char *callee; /* what the value, or the address of the object, is handed to */
	const char *bits;
	const char *helper; /* the function that has returned the address; NULL: none has */
};

/* Operators as libclang numbers them, from 17 on. */
enum pl_unary {
	PL_UNARY_POST_INCREMENT = 1,
	PL_UNARY_POST_DECREMENT = 2,
	PL_UNARY_INCREMENT = 3,
	PL_UNARY_DECREMENT = 4,
	PL_UNARY_ADDRESS = 5,
	PL_UNARY_DEREFERENCE = 6,
	PL_UNARY_REAL = 11,
	PL_UNARY_IMAGINARY = 12,
	PL_UNARY_EXTENSION = 13,
};

enum pl_binary {
	PL_BINARY_ADD = 6,
	PL_BINARY_SUBTRACT = 7,
	PL_BINARY_ASSIGN = 22,
	PL_BINARY_COMMA = 33,
};

/* The children of CURSOR, on the stack from *FIRST on; pl_walk_pop() takes them off again. */
struct pl_error *pl_walk_push(struct pl_walk *walk, CXCursor cursor, size_t *first,
			      size_t *count) PL_MUST_CHECK;
void pl_walk_pop(struct pl_walk *walk, size_t first);

/* An expression whose value is used, an object that is used, a statement. */
struct pl_error *pl_walk_value(struct pl_walk *walk, CXCursor cursor,
			       struct pl_use use) PL_MUST_CHECK;
struct pl_error *pl_walk_object(struct pl_walk *walk, CXCursor cursor,
				struct pl_use use) PL_MUST_CHECK;
struct pl_error *pl_walk_statement(struct pl_walk *walk, CXCursor cursor) PL_MUST_CHECK;

/* The statements of a block that has a value: that of the last. */
struct pl_error *pl_walk_block(struct pl_walk *walk, CXCursor cursor,
			       struct pl_use use) PL_MUST_CHECK;

struct pl_error *pl_walk_call(struct pl_walk *walk, CXCursor cursor,
			      struct pl_use use) PL_MUST_CHECK;

/*
 * Walks the function DEFINITION, called NAME, if it stands behind the one at
 * hand and was not walked yet: only for whether it returns the address of a
 * field. Nothing of it is added to walk->found.
 */
struct pl_error *pl_walk_ahead(struct pl_walk *walk, CXCursor definition,
			       const char *name) PL_MUST_CHECK;

/*
 * What the function called NAME is known by: its name alone is that of others
 * in other units. In the arena of the unit; NULL where its place is not known.
 */
struct pl_error *pl_walk_name_definition(struct pl_walk *walk, CXCursor definition,
					 const char *name, const char **ret) PL_MUST_CHECK;

/* Notes that FIELD of RECORD, NULL for all of it, is used at CURSOR. */
struct pl_error *pl_walk_note(struct pl_walk *walk, CXCursor cursor, const char *record,
			      const char *field, struct pl_use use) PL_MUST_CHECK;

/* Notes that at CURSOR a pointer to FROM is taken for one to TO, if one of them is the host. */
struct pl_error *pl_walk_note_cast(struct pl_walk *walk, CXCursor cursor, const char *from,
				   const char *to) PL_MUST_CHECK;

/* Whether CURSOR designates an object, as long as nothing around it takes the value. */
bool pl_walk_is_object(const struct pl_walk *walk, CXCursor cursor);

static inline bool pl_walk_is_expression(enum CXCursorKind kind)
{
	return kind >= CXCursor_FirstExpr && kind <= CXCursor_LastExpr;
}

#endif
