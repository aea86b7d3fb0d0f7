/* SPDX-License-Identifier: MIT */
/* Suppressions from JSON: rules/suppressions.schema.json. */
#ifndef PAGELAP_CHECK_SUPPRESS_LOAD_H
#define PAGELAP_CHECK_SUPPRESS_LOAD_H

#include "model/report.h"
#include "support/cursor.h"

/*
 * Adds the suppressions in TEXT to REPORT, after those it has; ORIGIN names
 * the file in messages, and in them. PL_ERROR_USAGE for bad JSON (with line and
 * column), an unknown key, no rule or reason, or a day that no calendar has;
 * REPORT is then as it was.
 */
struct pl_error *pl_suppressions_parse(const char *origin, struct pl_bytes text,
				       struct pl_report *report) PL_MUST_CHECK;

/* The same from the file at PATH; a file that cannot be read is PL_ERROR_USAGE too. */
struct pl_error *pl_suppressions_load(const char *path, struct pl_report *report) PL_MUST_CHECK;

#endif
