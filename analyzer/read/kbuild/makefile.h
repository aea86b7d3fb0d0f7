/* SPDX-License-Identifier: MIT */
/* The lines of a kbuild makefile that say what is built of a directory. */
#ifndef PAGELAP_READ_KBUILD_MAKEFILE_H
#define PAGELAP_READ_KBUILD_MAKEFILE_H

#include "read/kbuild/kconfig.h"

enum pl_built {
	PL_BUILT_UNNAMED, /* the makefile does not speak of it */
	PL_BUILT_NOT,	  /* it is named under options only that are not set */
	PL_BUILT_MAYBE,	  /* it is built, or named in a way that takes make to understand */
};

/*
 * Takes TEXT, a makefile, for looking at: comments are taken out, and lines
 * that go on after a backslash are joined. *RET lives in ARENA.
 */
struct pl_error *pl_makefile_plain(struct pl_arena *arena, const char *text,
				   const char **ret) PL_MUST_CHECK;

/*
 * What MAKEFILE, as above, says of TARGET ("file.o", "directory/"):
 * "obj-$(CONFIG_X) += file.o", or of what it is a part of: "name-y := file.o".
 */
struct pl_error *pl_makefile_builds(struct pl_arena *arena, const char *makefile,
				    const char *target, const struct pl_kconfig *config,
				    enum pl_built *ret) PL_MUST_CHECK;

#endif
