/* SPDX-License-Identifier: MIT */
/* Paths as debug information holds them: compared as text, never looked up. */
#ifndef PAGELAP_READ_PATHS_H
#define PAGELAP_READ_PATHS_H

#include "support/arena.h"
#include "support/strbuf.h"

/* Sets RET to NAME, under DIRECTORY unless it is absolute, without "." and "..". */
void pl_path_join(const char *directory, const char *name, struct pl_strbuf *ret);

/* Cuts ROOT to the longest directory, without a trailing slash, that PATH is in too. */
void pl_path_common(struct pl_strbuf *root, const char *path);

/* PATH without ROOT and the slash after it, or PATH itself when it is not below ROOT. */
const char *pl_path_below(const char *root, const char *path);

/* The path of NAME in the directory that PATH is in; in ARENA, NULL without memory. */
char *pl_path_beside(struct pl_arena *arena, const char *path, const char *name);

#endif
