/* SPDX-License-Identifier: MIT */
/*
 * A translation unit that exists in memory only: a text that includes what is
 * to be read, parsed without function bodies. What the compiler had to say of
 * it is sorted: failed assertions are answers, and so is a constant that is
 * none; any other error makes layouts untrustworthy, the rest is counted.
 */
#ifndef PAGELAP_READ_HEADERS_CLANG_UNIT_H
#define PAGELAP_READ_HEADERS_CLANG_UNIT_H

#include "model/record.h"
#include "read/headers/clang_api.h"

/* Where the files of a tree are; places are told from there. */
struct pl_roots {
	const char *source, *build;
};

/* An assertion at file scope that does not hold, or names what is not there. */
struct pl_unit_failure {
	const char *message; /* the compiler's */
	struct pl_place place;
};

struct pl_unit {
	const struct pl_clang *clang;
	struct pl_arena *arena;
	const struct pl_roots *roots;
	const char *path; /* of the text, which is nowhere but in memory */
	CXIndex index;
	CXTranslationUnit unit;
	/* What is being looked at, and how the compiler prints it: see operator_text.h. */
	CXCursor expression;
	const char *expression_text;
	struct pl_unit_failure *failures;
	size_t n_failures, failures_capacity;
	size_t *spoiled; /* constants of the probe that something is wrong with: see constant_text.h
			  */
	size_t n_spoiled, spoiled_capacity;
};

/*
 * Parses TEXT with FLAGS as the file NAME of the build directory. Release RET
 * with pl_unit_release(), also after an error. An error in the text or in
 * what it includes is PL_ERROR_UNREADABLE: the first one, with file and line,
 * and how many there are.
 */
struct pl_error *pl_unit_parse(const struct pl_clang *clang, struct pl_arena *arena,
			       const struct pl_roots *roots, const char *const *flags,
			       size_t n_flags, const char *name, const char *text,
			       struct pl_unit *ret) PL_MUST_CHECK;

/* Fits PL_CLEANUP; a zeroed unit is allowed. */
void pl_unit_release(struct pl_unit *unit);

/* Where LOCATION is, macros expanded; the file as seen from the roots. */
struct pl_error *pl_unit_place(const struct pl_unit *unit, CXSourceLocation location,
			       struct pl_place *ret) PL_MUST_CHECK;

/* PATH as seen from the roots, in ARENA. */
const char *pl_roots_below(const struct pl_roots *roots, struct pl_arena *arena, const char *path);

#endif
