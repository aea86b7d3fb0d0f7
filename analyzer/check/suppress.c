/* SPDX-License-Identifier: MIT */
#include "check/suppress.h"

#include <stdint.h>
#include <string.h>

#include "support/glob.h"

/*
 * Steps of comparing, at worst: a pattern with asterisks takes its length times
 * that of the text, all else some few. A thousand suppressions of ten thousand
 * findings take a fiftieth of it.
 */
#define MAX_EFFORT ((uint64_t)1 << 33)
enum { EFFORT_EACH = 16 };

/* A name with brackets, as of an array's element, is no glob that fits itself. */
static bool fits_text(const char *glob, const char *text, uint64_t *effort)
{
	if (!glob)
		return true;
	if (!text)
		return false;
	if (!strcmp(glob, text))
		return true;
	if (strchr(glob, '*'))
		*effort += (uint64_t)strlen(glob) * strlen(text);
	return *effort <= MAX_EFFORT && pl_glob_any(&glob, 1, text);
}

static bool fits(const struct pl_suppression *suppression, const struct pl_target *target,
		 const struct pl_finding *finding, uint64_t *effort)
{
	*effort += EFFORT_EACH;
	return fits_text(suppression->rule, finding->rule, effort) &&
	       fits_text(suppression->overlay, finding->overlay, effort) &&
	       fits_text(suppression->member, finding->member, effort) &&
	       fits_text(suppression->host_field, finding->host_field, effort) &&
	       fits_text(suppression->target, target->name, effort);
}

static struct pl_error *suppress_finding(struct pl_report *report, const struct pl_target *target,
					 struct pl_finding *finding, uint64_t *effort)
{
	if (finding->state != PL_FINDING_OPEN)
		return NULL;
	for (size_t i = 0; i < report->n_suppressions; i++) {
		struct pl_suppression *suppression = &report->suppressions[i];
		bool its = fits(suppression, target, finding, effort);

		if (*effort > MAX_EFFORT)
			return pl_error_new(PL_ERROR_UNREADABLE,
					    "%s: there is too much in it to be held against so "
					    "many findings",
					    suppression->file);
		if (!its)
			continue;
		suppression->matched++;
		if (suppression->state == PL_SUPPRESSION_EXPIRED)
			continue;
		suppression->state = PL_SUPPRESSION_USED;
		if (finding->state == PL_FINDING_OPEN)
			finding->reason = suppression->reason;
		finding->state = PL_FINDING_SUPPRESSED;
	}
	return NULL;
}

struct pl_error *pl_suppress(struct pl_report *report, const char *today)
{
	uint64_t effort = 0;

	for (size_t i = 0; i < report->n_suppressions; i++) {
		struct pl_suppression *its = &report->suppressions[i];
		bool expired = its->expires && strcmp(today, its->expires) > 0;

		its->state = expired ? PL_SUPPRESSION_EXPIRED : PL_SUPPRESSION_UNUSED;
		its->matched = 0;
	}
	for (size_t i = 0; i < report->n_targets; i++)
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			PL_TRY(suppress_finding(report, report->targets[i],
						&report->targets[i]->findings[j], &effort));
	return NULL;
}
