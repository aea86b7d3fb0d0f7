/* SPDX-License-Identifier: MIT */
/*
 * A quick look at the text of a whole source tree, without a compiler: which
 * files may assert something of the host, and which may take another record
 * for it. It decides only what is worth compiling, and what to list as a
 * candidate; what an assertion says is for the compiler to tell.
 */
#ifndef PAGELAP_READ_SCAN_SCAN_H
#define PAGELAP_READ_SCAN_SCAN_H

#include "model/pin.h"
#include "support/arena.h"
#include "support/cursor.h"

struct pl_scan_request {
	const char *source;  /* the tree */
	const char *srcarch; /* the only directory below arch/ to look into; NULL: all of them */
	const char *host;    /* "page" */
	bool host_is_union;
	/* Globs of directories, from the tree: not looked into. No wildcard matches a slash. */
	const char *const *skip;
	size_t n_skip;
};

struct pl_scan {
	/*
	 * Files, from the tree, sorted, with an assertion at file scope that
	 * may be about the host. None is missing whose own text shows it, or
	 * that calls a macro of a header whose text does; some may turn out to
	 * assert nothing.
	 */
	const char **asserting;
	size_t n_asserting, asserting_capacity;
	/* Sorted by record, then by how. The place is the first in the order of paths and lines. */
	struct pl_candidate *candidates;
	size_t n_candidates, candidates_capacity;
};

/*
 * Looks through the .c and .h files of the tree. RET lives in ARENA. Passed
 * over are links to directories, directories whose name begins with a dot, and
 * what cannot be read or is too large to be code.
 */
struct pl_error *pl_scan_tree(struct pl_arena *arena, const struct pl_scan_request *request,
			      struct pl_scan *ret) PL_MUST_CHECK;

/*
 * The same for one file, called PATH in the tree, with the content TEXT of
 * less than 4 GB; adds to RET, which begins as zero.
 */
struct pl_error *pl_scan_file(struct pl_arena *arena, const struct pl_scan_request *request,
			      const char *path, struct pl_bytes text,
			      struct pl_scan *ret) PL_MUST_CHECK;

#endif
