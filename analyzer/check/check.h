/* SPDX-License-Identifier: MIT */
/*
 * The rules of a pack, applied to mapped targets. Reads records, overlays and
 * pins; writes findings, and what they are about into report->rules.
 */
#ifndef PAGELAP_CHECK_CHECK_H
#define PAGELAP_CHECK_CHECK_H

#include "model/pack.h"
#include "model/report.h"

/*
 * Checks every target of REPORT against the rules of PACK. Findings of an
 * earlier check, which a saved report may have brought along, are dropped
 * first, and so are those of reading that PACK has off or exempts; all that
 * are left are open. A rule that cannot tell about a target
 * is a failure of that target; the other rules and targets go on. Targets
 * whose host is not that of PACK are an error: PL_ERROR_USAGE.
 */
struct pl_error *pl_check_report(const struct pl_pack *pack,
				 struct pl_report *report) PL_MUST_CHECK;

/* The same, of the targets that were not checked before, as those of saved reports may have been.
 */
struct pl_error *pl_check_rest(const struct pl_pack *pack, struct pl_report *report) PL_MUST_CHECK;

#endif
