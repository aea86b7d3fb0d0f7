/* SPDX-License-Identifier: MIT */
/*
 * A quick look at the text of a whole source tree, without a compiler: which
 * files may assert something of the host, and which may take another record
 * for it. It decides only what is worth compiling, and what to list as a
 * candidate; what an assertion says is for the compiler to tell.
 */
#ifndef PAGELAP_READ_HEADERS_SCAN_H
#define PAGELAP_READ_HEADERS_SCAN_H

#include "model/pin.h"
#include "support/arena.h"

struct pl_scan_request {
	const char *source;  /* the tree */
	const char *srcarch; /* the only directory below arch/ to look into; NULL: all of them */
	const char *host;    /* "page" */
	bool host_is_union;
	const char *const *skip; /* globs of directories, from the tree: not looked into */
	size_t n_skip;
};

struct pl_scan {
	/* Files, from the tree, sorted, with an assertion at file scope that may be about the host.
	 */
	const char **asserting;
	size_t n_asserting, asserting_capacity;
	struct pl_candidate *candidates; /* sorted by record; files are named from the tree */
	size_t n_candidates, candidates_capacity;
};

/* Looks through the tree. RET lives in ARENA. Files that cannot be read are passed over. */
struct pl_error *pl_scan_tree(struct pl_arena *arena, const struct pl_scan_request *request,
			      struct pl_scan *ret) PL_MUST_CHECK;

/* The same for one file of the tree, called PATH there, with the content TEXT; adds to RET. */
struct pl_error *pl_scan_file(struct pl_arena *arena, const struct pl_scan_request *request,
			      const char *path, struct pl_bytes text,
			      struct pl_scan *ret) PL_MUST_CHECK;

#endif
