/* SPDX-License-Identifier: MIT */
/* Where the two halves of a kernel tree are: what was configured, and its sources. */
#ifndef PAGELAP_READ_KBUILD_TREE_H
#define PAGELAP_READ_KBUILD_TREE_H

#include "model/recipe.h"

struct pl_tree {
	const char *build, *source; /* absolute, without symbolic links; may be the same */
};

/*
 * Finds both halves of the tree at PATH, as pl_kbuild_open() says. SOURCE_TREE,
 * unless NULL, is where the sources are.
 */
struct pl_error *pl_tree_locate(struct pl_arena *arena, const char *path, const char *source_tree,
				const struct pl_recipe *recipe, struct pl_tree *ret) PL_MUST_CHECK;

#endif
