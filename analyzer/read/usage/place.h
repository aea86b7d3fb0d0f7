/* SPDX-License-Identifier: MIT */
/* A directory below TMPDIR for what a worker has to write, made and removed by its parent. */
#ifndef PAGELAP_READ_USAGE_PLACE_H
#define PAGELAP_READ_USAGE_PLACE_H

#include "support/arena.h"
#include "support/error.h"

/* Makes one; *RET is its path, in ARENA, or NULL where there is no room for any. */
struct pl_error *pl_place_make(struct pl_arena *arena, const char **ret) PL_MUST_CHECK;

/* Removes the directory *PATH and the files in it; NULL is allowed. Fits PL_CLEANUP. */
void pl_place_remove(const char **path);

#endif
