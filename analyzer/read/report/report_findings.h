/* SPDX-License-Identifier: MIT */
/* The findings of a saved report. */
#ifndef PAGELAP_READ_REPORT_REPORT_FINDINGS_H
#define PAGELAP_READ_REPORT_REPORT_FINDINGS_H

#include <jansson.h>

#include "model/report.h"

/*
 * Gives TARGET the findings that the document ROOT has of it, where it is
 * called NAME. PL_ERROR_UNREADABLE where one is not as the schema says.
 */
struct pl_error *pl_report_read_findings(json_t *root, struct pl_target *target,
					 const char *name) PL_MUST_CHECK;

/* Adds the rules that the document ROOT tells of to REPORT. */
struct pl_error *pl_report_read_rules(json_t *root, struct pl_report *report) PL_MUST_CHECK;

#endif
