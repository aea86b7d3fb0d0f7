/* SPDX-License-Identifier: MIT */
/* Whether a data file is as it should be. */
#ifndef PAGELAP_CHECK_LINT_H
#define PAGELAP_CHECK_LINT_H

#include "support/error.h"

/*
 * Loads the file at PATH, a rule pack, suppressions or a recipe, as its
 * "schema" says, and forgets it. PL_ERROR_USAGE, naming PATH, is what is wrong
 * with it.
 */
struct pl_error *pl_lint(const char *path) PL_MUST_CHECK;

#endif
