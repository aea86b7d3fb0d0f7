/* SPDX-License-Identifier: MIT */
/* What a saved report could not tell. */
#ifndef PAGELAP_READ_REPORT_REPORT_FAILURES_H
#define PAGELAP_READ_REPORT_REPORT_FAILURES_H

#include <jansson.h>

#include "model/report.h"

/* What a target of a document is called there, and which of the report's it has become. */
struct pl_saved_name {
	const char *name; /* borrowed */
	size_t target;
};

/*
 * Adds the failures of ARRAY to REPORT; those of one of the COUNT targets of
 * NAMES, which are sorted here, go by the name that it has now.
 * PL_ERROR_UNREADABLE where one is not as the schema says.
 */
struct pl_error *pl_report_read_failures(json_t *array, struct pl_saved_name *names, size_t count,
					 struct pl_report *report) PL_MUST_CHECK;

#endif
