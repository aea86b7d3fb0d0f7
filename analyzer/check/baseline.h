/* SPDX-License-Identifier: MIT */
/*
 * Baselines: an earlier report, of which every finding is known, whatever its
 * state there. Findings are the same by target, fingerprint and severity.
 */
#ifndef PAGELAP_CHECK_BASELINE_H
#define PAGELAP_CHECK_BASELINE_H

#include "model/pack.h"
#include "model/report.h"

/*
 * Reads the saved report at PATH; free *RET with pl_report_free(). Its targets
 * are not mapped. A file that cannot be read, or is no report, is
 * PL_ERROR_USAGE, and the message names it.
 */
struct pl_error *pl_baseline_load(const char *path, struct pl_report **ret) PL_MUST_CHECK;

/*
 * Makes the open findings of REPORT that BASELINE has known ones, and fills
 * report->baseline; PATH says there where BASELINE is from. What is gone
 * counts as fixed where it was looked for: on targets that both have, of
 * overlays that the target of REPORT was mapped for, and of topics that it was
 * read for, or the baseline was not; PACK says which topics a rule is about.
 */
struct pl_error *pl_baseline_apply(const struct pl_pack *pack, const char *path,
				   const struct pl_report *baseline,
				   struct pl_report *report) PL_MUST_CHECK;

/*
 * Refuses a REPORT that would lose findings of BASELINE only because it did
 * not look for them: PL_ERROR_USAGE, which says what is missing.
 */
struct pl_error *pl_baseline_check_whole(const struct pl_pack *pack,
					 const struct pl_report *baseline,
					 const struct pl_report *report) PL_MUST_CHECK;

/*
 * Makes the next baseline of REPORT: all findings that it keeps are known, and
 * it keeps those that BASELINE has and, if ACCEPT_NEW, those that are open.
 * Suppressions and the earlier baseline have no place in it. BASELINE may be
 * NULL: there is none. To be merged again.
 */
void pl_baseline_make(const struct pl_report *baseline, bool accept_new, struct pl_report *report);

#endif
