/* SPDX-License-Identifier: MIT */
/*
 * Headers that nearly all units of a build include, compiled once: libclang
 * takes from them what a unit needs, and does not read the rest. What their
 * functions do was found when they were compiled.
 *
 * A unit sees declarations that it did not include, which changes nothing of
 * what its own functions do, as long as it does not speak of a macro that is
 * among them. Macros of its own come too late for what is compiled: so it is
 * for units that see headers alike.
 */
#ifndef PAGELAP_READ_USAGE_PRECOMPILED_H
#define PAGELAP_READ_USAGE_PRECOMPILED_H

#include "read/kbuild/words.h"
#include "support/idmap.h"

/* A function in them that returns the address of a field. */
struct pl_precompiled_returned {
	const char *function, *record, *field;
	struct pl_precompiled_returned *next;
};

struct pl_precompiled {
	struct pl_words flags;	 /* that it was compiled with; units that use it have all of them */
	struct pl_words headers; /* that the text which was compiled includes, absolute paths */
	const char *path;	 /* of what libclang wrote */
	struct pl_precompiled_returned *returned;
	struct pl_idmap inputs; /* not NULL under the hash of its path: a file that is in it */
	uint64_t environment;	/* of the units that it is good for */
	const struct pl_precompiled *next;
};

/* Whether a unit with FLAGS can use PRECOMPILED: it has its flags, and beyond them only
 * directories and macros. */
bool pl_precompiled_fits(const struct pl_precompiled *precompiled, const struct pl_words *flags);

/* FLAGS without the headers that they include, where PRECOMPILED has included them, into RET. */
struct pl_error *pl_precompiled_rest(struct pl_arena *arena,
				     const struct pl_precompiled *precompiled,
				     const struct pl_words *flags,
				     struct pl_words *ret) PL_MUST_CHECK;

/* The flags of the first of N units that at least PERCENT of them have, into RET. */
struct pl_error *pl_precompiled_common(struct pl_arena *arena, const struct pl_words *const *flags,
				       size_t n, unsigned percent,
				       struct pl_words *ret) PL_MUST_CHECK;

#endif
