/* SPDX-License-Identifier: MIT */
#include "check/suppress.h"

#include <fnmatch.h>
#include <string.h>

/* A name with brackets, as of an array's element, is no glob that fits itself. */
static bool fits_text(const char *glob, const char *text)
{
	if (!glob)
		return true;
	return text && (!strcmp(glob, text) || !fnmatch(glob, text, 0));
}

static bool fits(const struct pl_suppression *suppression, const struct pl_target *target,
		 const struct pl_finding *finding)
{
	return fits_text(suppression->rule, finding->rule) &&
	       fits_text(suppression->overlay, finding->overlay) &&
	       fits_text(suppression->member, finding->member) &&
	       fits_text(suppression->host_field, finding->host_field) &&
	       fits_text(suppression->target, target->name);
}

static void suppress_finding(struct pl_report *report, const struct pl_target *target,
			     struct pl_finding *finding)
{
	if (finding->state != PL_FINDING_OPEN)
		return;
	for (size_t i = 0; i < report->n_suppressions; i++) {
		struct pl_suppression *suppression = &report->suppressions[i];

		if (!fits(suppression, target, finding))
			continue;
		suppression->matched++;
		if (suppression->state == PL_SUPPRESSION_EXPIRED)
			continue;
		suppression->state = PL_SUPPRESSION_USED;
		if (finding->state == PL_FINDING_OPEN)
			finding->reason = suppression->reason;
		finding->state = PL_FINDING_SUPPRESSED;
	}
}

void pl_suppress(struct pl_report *report, const char *today)
{
	for (size_t i = 0; i < report->n_suppressions; i++) {
		struct pl_suppression *its = &report->suppressions[i];
		bool expired = its->expires && strcmp(today, its->expires) > 0;

		its->state = expired ? PL_SUPPRESSION_EXPIRED : PL_SUPPRESSION_UNUSED;
		its->matched = 0;
	}
	for (size_t i = 0; i < report->n_targets; i++)
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			suppress_finding(report, report->targets[i],
					 &report->targets[i]->findings[j]);
}
