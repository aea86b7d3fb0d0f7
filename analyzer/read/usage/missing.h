/* SPDX-License-Identifier: MIT */
/* A file that a unit names and that is not there: where it would have to appear. */
#ifndef PAGELAP_READ_USAGE_MISSING_H
#define PAGELAP_READ_USAGE_MISSING_H

#include "read/kbuild/words.h"

struct pl_missing {
	const char *name; /* as it is included; NULL: no file is missing */
	const char *from; /* path of the file that includes it; NULL: the flags do */
};

/*
 * Sets RET to what MESSAGE, of the compiler, says is not found, in ARENA; FROM
 * is the file that it is about, or NULL.
 */
struct pl_error *pl_missing_of_message(struct pl_arena *arena, const char *message,
				       const char *from, struct pl_missing *ret) PL_MUST_CHECK;

/*
 * Adds to RET the paths at which a compiler with FLAGS could find MISSING. Some
 * that it would not look at may be among them.
 */
struct pl_error *pl_missing_places(struct pl_arena *arena, const struct pl_missing *missing,
				   const struct pl_words *flags,
				   struct pl_words *ret) PL_MUST_CHECK;

#endif
