/* SPDX-License-Identifier: MIT */
/* The findings of a saved report. */
#ifndef PAGELAP_READ_REPORT_REPORT_FINDINGS_H
#define PAGELAP_READ_REPORT_REPORT_FINDINGS_H

#include <jansson.h>

#include "model/report.h"

/* That finding INDEX of a document is one of the target called so there. */
struct pl_named_finding {
	const char *target;
	size_t index;
};

/* The findings of a document, by the names of targets; valid as long as it is. */
struct pl_saved_findings {
	json_t *array; /* borrowed */
	struct pl_named_finding *names;
	size_t count;
};

/* Lists the findings of the document ROOT in ARENA. PL_ERROR_UNREADABLE where there is no list. */
struct pl_error *pl_report_list_findings(json_t *root, struct pl_arena *arena,
					 struct pl_saved_findings *ret) PL_MUST_CHECK;

/*
 * Gives TARGET those of FINDINGS that are of the target called NAME in their
 * document. PL_ERROR_UNREADABLE where one is not as the schema says.
 */
struct pl_error *pl_report_read_findings(const struct pl_saved_findings *findings,
					 struct pl_target *target, const char *name) PL_MUST_CHECK;

/* Adds the rules that the document ROOT tells of to REPORT. */
struct pl_error *pl_report_read_rules(json_t *root, struct pl_report *report) PL_MUST_CHECK;

#endif
