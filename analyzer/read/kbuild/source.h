/* SPDX-License-Identifier: MIT */
/* Source trees: what is one, and which one a build directory belongs to. */
#ifndef PAGELAP_READ_KBUILD_SOURCE_H
#define PAGELAP_READ_KBUILD_SOURCE_H

#include <stdbool.h>

#include "model/recipe.h"

/* Sets *RET to whether DIRECTORY is a source tree, as the recipe says. */
struct pl_error *pl_source_is(struct pl_arena *arena, const struct pl_recipe_source *recipe,
			      const char *directory, bool *ret) PL_MUST_CHECK;

/* Sets *RET to the absolute path of the source tree that was named as PATH. */
struct pl_error *pl_source_take(struct pl_arena *arena, const struct pl_recipe_source *recipe,
				const char *path, const char **ret) PL_MUST_CHECK;

/*
 * Sets *RET to the absolute path of the source tree of the build directory
 * BUILD: BUILD itself, what its link leads to, or a directory whose makefile
 * its own includes.
 */
struct pl_error *pl_source_find(struct pl_arena *arena, const struct pl_recipe_source *recipe,
				const char *build, const char **ret) PL_MUST_CHECK;

#endif
