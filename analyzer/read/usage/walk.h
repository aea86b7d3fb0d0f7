/* SPDX-License-Identifier: MIT */
/*
 * The accesses in the body of one function. Every expression is looked at
 * from above: what stands around it says what its value, or the object that it
 * designates, is used for. What libclang shows of an expression is its
 * structure without most of the operators' names; where structure does not
 * decide, the text does.
 */
#ifndef PAGELAP_READ_USAGE_WALK_H
#define PAGELAP_READ_USAGE_WALK_H

#include "read/usage/callees.h"
#include "read/usage/files.h"
#include "read/usage/found.h"
#include "read/usage/interest.h"
#include "support/idmap.h"

struct pl_walk {
	const struct pl_clang *clang;
	struct pl_arena *arena; /* of the unit */
	struct pl_interest *interest;
	struct pl_callees *callees;
	struct pl_code_files *files;
	struct pl_found found; /* set its arena */
	/* The function at hand. */
	CXCursor definition;
	const char *function;
	bool in_header;
	CXCursor *stack; /* children that are still to be looked at */
	size_t n_stack, stack_capacity;
	unsigned depth;
	/* Functions that were walked before it was their turn, and how many such are around. */
	struct pl_idmap ahead; /* set its arena */
	unsigned n_ahead;
};

/*
 * Adds to walk->found what the function that CURSOR defines does. PL_ERROR_UNREADABLE
 * where expressions are nested deeper than any that a person writes.
 */
struct pl_error *pl_walk_function(struct pl_walk *walk, CXCursor cursor, const char *name,
				  bool in_header) PL_MUST_CHECK;

#endif
