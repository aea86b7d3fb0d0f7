/* SPDX-License-Identifier: MIT */
/*
 * A configured kernel tree as a source: where its build directory and its
 * source tree are, how it is configured, and which flags make clang see its
 * headers as the kernel's compiler does. Nothing of the tree is ever run.
 *
 * Kbuild leaves flags behind in .cmd files (`savedcmd_kernel/bounds.s := gcc
 * ...`, `cmd_...` before 6.2) and, where asked for, in compile_commands.json;
 * header packages hold neither, so there the recipe says it.
 */
#ifndef PAGELAP_READ_KBUILD_KBUILD_H
#define PAGELAP_READ_KBUILD_KBUILD_H

#include "model/recipe.h"
#include "read/kbuild/kconfig.h"

struct pl_kbuild {
	const char *build;  /* absolute; include/generated is in it */
	const char *source; /* absolute; include/linux is in it; may be the same */
	struct pl_kconfig config;
	const char *config_path;	   /* absolute */
	const char *release;		   /* as uname says it; NULL where the build does not say */
	const char *source_release;	   /* "7.2.13", from the makefile of the source, or NULL */
	const struct pl_recipe_arch *arch; /* NULL: only kbuild's flags know it */
	const char *srcarch;		   /* NULL if not known */
	const char **flags;		   /* for clang; no file, no output, no -c */
	size_t n_flags;
	size_t first_adjustment; /* the recipe's adjustments, the last of the flags, begin here */
	const char *flags_from;	 /* "kernel/.bounds.s.cmd", "compile_commands.json", "recipe" */
	bool made_for_clang;	 /* the configuration is one for clang */
};

/* Whether PATH is a directory. */
bool pl_kbuild_detect(const char *path);

/*
 * Opens the tree at PATH: a build directory (in tree or O=), or an unpacked
 * package of kernel headers, whose Makefile names the tree with the rest
 * (looked for beside it first, as packages need not be unpacked at /).
 * SOURCE_TREE, unless NULL, is where the sources are, whatever the build
 * directory says: flags that kbuild used for other sources are then left
 * alone. RESOURCE is the compiler's resource directory, for "{resource}"; with
 * NULL, flags that speak of it are left out. RET lives in ARENA, and points
 * into RECIPE.
 *
 * PL_ERROR_UNREADABLE, with a message that names PATH, the file and what to
 * do: not a directory, unreadable, not configured, a source tree that was
 * moved away or is of another release, an architecture that neither the
 * recipe nor kbuild's flags know, or that clang has no target for. An
 * architecture that clang has a target for and is still `untrusted` is opened.
 */
struct pl_error *pl_kbuild_open(struct pl_arena *arena, const char *path, const char *source_tree,
				const char *resource, const struct pl_recipe *recipe,
				struct pl_kbuild *ret) PL_MUST_CHECK;

#endif
