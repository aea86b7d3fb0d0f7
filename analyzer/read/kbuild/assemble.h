/* SPDX-License-Identifier: MIT */
/* The flags for clang, put together from what kbuild left and what the recipe says. */
#ifndef PAGELAP_READ_KBUILD_ASSEMBLE_H
#define PAGELAP_READ_KBUILD_ASSEMBLE_H

#include "read/kbuild/kbuild.h"

struct pl_assembly {
	const struct pl_recipe *recipe;
	const char *path;     /* for messages: the tree as it was named */
	const char *resource; /* for "{resource}"; NULL: flags that speak of it are left out */
	bool source_given;    /* the source tree is not the one that the build directory names */
};

/*
 * Sets the flags of KBUILD, whose other members are set, and where they are
 * from. In this order: the target; the recipe's flags, which are weaker than
 * what follows; what kbuild used or, where it left nothing, the recipe's
 * directories and headers; the recipe's adjustments.
 */
struct pl_error *pl_kbuild_assemble(struct pl_arena *arena, const struct pl_assembly *assembly,
				    struct pl_kbuild *kbuild) PL_MUST_CHECK;

#endif
