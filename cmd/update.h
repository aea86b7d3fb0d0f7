/* SPDX-License-Identifier: MIT */
/* The next baseline: --update-baseline. */
#ifndef PAGELAP_CMD_UPDATE_H
#define PAGELAP_CMD_UPDATE_H

#include "model/report.h"
#include "settings.h"

/*
 * Makes the next baseline of REPORT, which is checked, merged and written out,
 * and writes it where SETTINGS say, if they do. BASELINE is what REPORT was
 * held against; NULL: nothing. Where something could not be told nothing is
 * written; standard error says so, and what was left out, unless quiet.
 */
struct pl_error *update_baseline(const struct settings *settings, const struct pl_report *baseline,
				 struct pl_report *report) PL_MUST_CHECK;

#endif
