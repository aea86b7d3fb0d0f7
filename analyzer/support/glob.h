/* SPDX-License-Identifier: MIT */
/* Texts held against shell patterns, as rule packs, suppressions and options give them. */
#ifndef PAGELAP_SUPPORT_GLOB_H
#define PAGELAP_SUPPORT_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/* Whether TEXT fits one of COUNT patterns, as of fnmatch(3) with no flags: '*' fits '/' and '.',
 * too. */
bool pl_glob_any(const char *const *globs, size_t count, const char *text);

/* Whether GLOB is one: with every '[' closed, and something behind every backslash. */
bool pl_glob_is_whole(const char *glob);

#endif
