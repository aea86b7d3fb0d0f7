/* SPDX-License-Identifier: MIT */
/* The words of a recipe with "{source}" and the like filled in. */
#ifndef PAGELAP_READ_KBUILD_EXPAND_H
#define PAGELAP_READ_KBUILD_EXPAND_H

#include "support/arena.h"

struct pl_places {
	const char *source, *build, *srcarch, *resource; /* NULL: not known */
};

/*
 * Sets *RET to TEXT with each "{place}" filled in, or to NULL if it speaks of
 * one that is not known. PL_ERROR_USAGE for a place that no recipe can mean.
 */
struct pl_error *pl_expand(struct pl_arena *arena, const char *text, const struct pl_places *places,
			   const char **ret) PL_MUST_CHECK;

#endif
