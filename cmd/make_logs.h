/* SPDX-License-Identifier: MIT */
/* Which recorded output of make, of those that --make-log names, belongs to which build. */
#ifndef PAGELAP_CMD_MAKE_LOGS_H
#define PAGELAP_CMD_MAKE_LOGS_H

#include "settings.h"
#include "support/arena.h"

/*
 * Checks that each log belongs to one build of SOURCES, COUNT of them: the one
 * of its name, or the only one that there is. PL_ERROR_USAGE where it does not.
 */
struct pl_error *make_logs_check(const struct settings *settings, struct pl_arena *arena,
				 char **sources, size_t count) PL_MUST_CHECK;

/* The log of the build called NAME into *RET, NULL if there is none. ARENA may own it. */
struct pl_error *make_logs_find(const struct settings *settings, struct pl_arena *arena,
				const char *name, const char **ret) PL_MUST_CHECK;

#endif
