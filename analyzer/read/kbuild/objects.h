/* SPDX-License-Identifier: MIT */
/* Which C files of a tree belong to a kernel of its configuration, as far as makefiles say so
 * plainly. */
#ifndef PAGELAP_READ_KBUILD_OBJECTS_H
#define PAGELAP_READ_KBUILD_OBJECTS_H

#include "read/kbuild/kconfig.h"

/*
 * Sets *RET to whether FILE, a path from the source tree SOURCE, is left out
 * by the makefiles of its directory and of those above: "obj-$(CONFIG_X) +=
 * file.o", or "directory/", or what it is a part of, where CONFIG_X is neither
 * y nor m. Anything that is said in another way leaves nothing out.
 */
struct pl_error *pl_kbuild_leaves_out(struct pl_arena *arena, const char *source, const char *file,
				      const struct pl_kconfig *config, bool *ret) PL_MUST_CHECK;

#endif
