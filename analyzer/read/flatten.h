/* SPDX-License-Identifier: MIT */
/*
 * From the type graph to the model: a record as leaves, unions and containers.
 *
 * Nested records are descended into, to the scalar at the bottom; an array of
 * scalars is one leaf; an array of records is descended into element by
 * element while it has at most PL_EXPANDED_ELEMENTS of them, else it is one
 * leaf; a flexible or zero-length array is a leaf without a size. Unnamed bit
 * fields are holes.
 */
#ifndef PAGELAP_READ_FLATTEN_H
#define PAGELAP_READ_FLATTEN_H

#include "read/types.h"

enum {
	PL_EXPANDED_ELEMENTS = 64,
	PL_FLATTEN_MEMBERS = 16384, /* visited in all; more is a broken or hostile source */
};

/*
 * Flattens the struct or union TYPE, called NAME, into a record in ARENA that
 * keeps nothing of the type graph: strings are copied. An error if a member
 * lies outside of its record, the nesting is too deep, or there are too many.
 */
struct pl_error *pl_flatten(struct pl_arena *arena, const char *name, const struct pl_type *type,
			    struct pl_record **ret) PL_MUST_CHECK;

#endif
