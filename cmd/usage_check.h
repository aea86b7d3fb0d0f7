/* SPDX-License-Identifier: MIT */
/* What `usage` refuses before it reads anything: options that would do nothing. */
#ifndef PAGELAP_CMD_USAGE_CHECK_H
#define PAGELAP_CMD_USAGE_CHECK_H

#include "settings.h"
#include "support/arena.h"

/*
 * PL_ERROR_USAGE where a question is asked and a format of SETTINGS has no
 * answers, where what is about builds is asked of COUNT SOURCES that are saved
 * reports, or where a --make-log is of none of them.
 */
struct pl_error *usage_check(const struct settings *settings, struct pl_arena *arena,
			     char **sources, size_t count) PL_MUST_CHECK;

#endif
