/* SPDX-License-Identifier: MIT */
/*
 * Expressions over the constants of a configured source, as only its compiler
 * can evaluate them: what a rule pack asks for, and what came of it. Plain data.
 */
#ifndef PAGELAP_MODEL_CONSTANT_H
#define PAGELAP_MODEL_CONSTANT_H

#include "model/record.h"

/* "PG_head == 6", and the macros that have to be defined for it to mean anything. */
struct pl_wanted_constant {
	const char *expression; /* C, on one line, its parentheses in pairs */
	const char **needs;
	size_t n_needs;
};

/* A macro that expressions are to see in place of the source's own, or of its function. */
struct pl_wanted_macro {
	const char *define; /* "__fls(word)" */
	const char *as;
};

struct pl_constant {
	struct pl_wanted_constant wanted;
	bool known; /* it applies, and is a constant */
	bool holds; /* it is not zero */
	/* Both sides of its last comparison, "5" and "0xdead000000000000"; both NULL: not known. */
	const char *left, *right;
	struct pl_place place; /* of the first enumerator that it names */
};

/* Whether both ask for the same, under the same conditions. */
bool pl_wanted_constant_same(const struct pl_wanted_constant *a,
			     const struct pl_wanted_constant *b);

#endif
