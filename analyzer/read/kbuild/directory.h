/* SPDX-License-Identifier: MIT */
/* Directories that are there, and names seen from them. */
#ifndef PAGELAP_READ_KBUILD_DIRECTORY_H
#define PAGELAP_READ_KBUILD_DIRECTORY_H

#include <stdbool.h>

#include "support/arena.h"

/* Whether PATH is one; false also when that cannot be told. */
bool pl_directory_is(const char *path);

/* Whether there is nothing in the directory PATH; false also when that cannot be told. */
bool pl_directory_is_empty(const char *path);

/* Sets *RET to the absolute path of the directory PATH, without symbolic links. */
struct pl_error *pl_directory_resolve(struct pl_arena *arena, const char *path,
				      const char **ret) PL_MUST_CHECK;

/* Sets *RET to NAME seen from DIRECTORY, as text: nothing needs to be there. */
struct pl_error *pl_directory_join(struct pl_arena *arena, const char *directory, const char *name,
				   const char **ret) PL_MUST_CHECK;

#endif
