/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"

/* A field of the host is a member of what is called like the host. */
static bool is_kept(const struct pl_checker *checker, const struct pl_finding *finding)
{
	const char *record = finding->overlay ? finding->overlay : checker->host->name;
	const char *member =
		finding->overlay || finding->member ? finding->member : finding->host_field;

	return checker->rule->info.severity != PL_SEVERITY_NONE &&
	       pl_check_applies_to_path(checker, record, member);
}

/* What was found already is told as the pack has it, and never worse than reading has it. */
struct pl_error *pl_rule_reading(struct pl_checker *checker)
{
	struct pl_target *target = checker->target;
	enum pl_severity most = checker->rule->info.severity;
	size_t kept = 0;

	for (size_t i = 0; i < target->n_findings; i++) {
		struct pl_finding finding = target->findings[i];

		if (finding.origin == PL_ORIGIN_READING &&
		    !strcmp(finding.rule, checker->rule->info.id)) {
			if (!is_kept(checker, &finding))
				continue;
			if (finding.severity > most)
				finding.severity = most;
		}
		target->findings[kept++] = finding;
	}
	target->n_findings = kept;
	return NULL;
}
