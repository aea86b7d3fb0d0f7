/* SPDX-License-Identifier: MIT */
/* From libclang's types to the type graph. */
#ifndef PAGELAP_READ_HEADERS_CLANG_TYPES_H
#define PAGELAP_READ_HEADERS_CLANG_TYPES_H

#include "read/headers/clang_unit.h"
#include "read/types.h"
#include "support/idmap.h"

struct pl_clang_graph {
	const struct pl_unit *unit;
	struct pl_arena *arena;
	struct pl_idmap records; /* by hash of the declaration: a list of those that share it */
};

struct pl_clang_graph pl_clang_graph_init(const struct pl_unit *unit, struct pl_arena *arena);

/*
 * The record that CURSOR defines, with all that is in it by value, as clang
 * lays it out for the target. An error if it is not complete.
 */
struct pl_error *pl_clang_graph_record(struct pl_clang_graph *graph, CXCursor cursor,
				       const struct pl_type **ret) PL_MUST_CHECK;

#endif
