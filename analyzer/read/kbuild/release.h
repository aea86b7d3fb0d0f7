/* SPDX-License-Identifier: MIT */
/* Which release a build directory and a source tree are of, and whether it is the same. */
#ifndef PAGELAP_READ_KBUILD_RELEASE_H
#define PAGELAP_READ_KBUILD_RELEASE_H

#include "model/recipe.h"
#include "read/kbuild/tree.h"

struct pl_release {
	const char *build;  /* "6.1.0-50-amd64"; NULL where the build does not say */
	const char *source; /* "6.1.176"; NULL where the makefile does not say */
};

/*
 * Finds the releases of the two halves of TREE. PL_ERROR_UNREADABLE when they
 * differ: headers that were generated for another release compile, and give
 * wrong layouts.
 *
 * Distributions keep the last number of a release at 0 while it grows in the
 * sources, and put a number of their own behind it ("6.1.0-50-amd64"), or leave
 * it out: such a release is compared without it. Each file of the recipe that
 * holds a release has to fit, and one of them may tell more than another.
 */
struct pl_error *pl_release_find(struct pl_arena *arena, const struct pl_recipe *recipe,
				 const struct pl_tree *tree, struct pl_release *ret) PL_MUST_CHECK;

#endif
