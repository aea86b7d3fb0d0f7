/* SPDX-License-Identifier: MIT */
/* The flags that kbuild itself used, from what it left in the build directory. */
#ifndef PAGELAP_READ_KBUILD_RECORDED_H
#define PAGELAP_READ_KBUILD_RECORDED_H

#include "model/recipe.h"
#include "read/kbuild/flags.h"

struct pl_recorded {
	struct pl_flags flags;
	const char *from; /* the file, from the build directory; NULL: kbuild left no flags */
};

/* Looks in the directory BUILD for the first file that the recipe names. */
struct pl_error *pl_recorded_find(struct pl_arena *arena, const struct pl_recipe *recipe,
				  const char *build, struct pl_recorded *ret) PL_MUST_CHECK;

#endif
