/* SPDX-License-Identifier: MIT */
/* What is known of functions that take addresses, from JSON. */
#ifndef PAGELAP_CHECK_USAGE_LOAD_H
#define PAGELAP_CHECK_USAGE_LOAD_H

#include "model/usage_rules.h"
#include "support/cursor.h"

/*
 * Parses TEXT; ORIGIN names it in messages. Free *RET with
 * pl_usage_rules_free(). PL_ERROR_USAGE for bad JSON (with line and column), an
 * unknown or missing key, or a value of the wrong kind.
 */
struct pl_error *pl_usage_rules_parse(const char *origin, struct pl_bytes text,
				      struct pl_usage_rules **ret) PL_MUST_CHECK;

/* The same from the file at PATH; a file that cannot be read is PL_ERROR_USAGE too. */
struct pl_error *pl_usage_rules_load(const char *path, struct pl_usage_rules **ret) PL_MUST_CHECK;

/* What pagelap brings along: rules/linux-usage.json. */
struct pl_error *pl_usage_rules_builtin(struct pl_usage_rules **ret) PL_MUST_CHECK;

/* Frees RULES; NULL is allowed. */
void pl_usage_rules_free(struct pl_usage_rules *rules);

/* For PL_CLEANUP: frees *RULES. */
void pl_usage_rules_cleanup(struct pl_usage_rules **rules);

#endif
