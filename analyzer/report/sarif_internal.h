/* SPDX-License-Identifier: MIT */
/* The parts of a SARIF run. Functions return a new reference, or NULL without memory. */
#ifndef PAGELAP_REPORT_SARIF_INTERNAL_H
#define PAGELAP_REPORT_SARIF_INTERNAL_H

#include "report/json_internal.h"

/* Every rule that a result can refer to, in the order of tool.driver.rules. */
struct pl_sarif_rules {
	struct pl_rule_info *list;
	size_t count, capacity;
};

/* The rules of REPORT, then those that only its findings name, in ARENA. */
struct pl_error *pl_sarif_rules_of(const struct pl_report *report, struct pl_arena *arena,
				   struct pl_sarif_rules *ret) PL_MUST_CHECK;

/* Where the rule called ID is, which is there. */
size_t pl_sarif_rule_index(const struct pl_sarif_rules *rules, const char *id);

/* The array of reportingDescriptor objects. */
json_t *pl_sarif_rules(const struct pl_sarif_rules *rules);

/* "error", "warning", "note". */
const char *pl_sarif_level(enum pl_severity severity);

/* A message object. */
json_t *pl_sarif_message(const char *text);

/* The one location of a result that shows as OCCURRENCE. */
json_t *pl_sarif_locations(const struct pl_report *report, const struct pl_occurrence *occurrence);

/* The host's field of FIRST, and where the other occurrences of MERGED show, if elsewhere. */
json_t *pl_sarif_related(const struct pl_report *report, const struct pl_merged_finding *merged,
			 const struct pl_occurrence *first);

#endif
