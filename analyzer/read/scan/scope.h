/* SPDX-License-Identifier: MIT */
/*
 * Where in a C file one is, as far as tokens tell: inside of a function or
 * not, and whether that is sure. Macros may open and close braces, and
 * branches of an #if may differ in theirs; then it is not.
 */
#ifndef PAGELAP_READ_SCAN_SCOPE_H
#define PAGELAP_READ_SCAN_SCOPE_H

#include "read/scan/lexer.h"

enum { PL_SCOPE_BRANCHES = 32 };

struct pl_scope_state {
	uint32_t braces, parens; /* that are open */
	bool in_function;
	/* The declaration so far, at file scope. */
	bool has_parens;
	bool is_record; /* a struct, union or enum word, and only names and attributes since */
};

/* One #if that is open. */
struct pl_scope_branch {
	struct pl_scope_state start, end; /* of the first branch */
	bool ended;			  /* there was an #else or #elif */
};

struct pl_scope {
	struct pl_scope_state now;
	struct pl_scope_branch branches[PL_SCOPE_BRANCHES];
	size_t n_branches;
	uint32_t units; /* declarations and functions at file scope that have ended */
	bool unsure;
};

/* Passes token INDEX, one after the other; of a directive the first token is enough. */
void pl_scope_step(struct pl_scope *scope, const struct pl_lexed *lexed, size_t index);

/* Whether all that was opened is closed: to be asked at the end of the file. */
bool pl_scope_balanced(const struct pl_scope *scope);

#endif
