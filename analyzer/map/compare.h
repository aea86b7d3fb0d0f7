/* SPDX-License-Identifier: MIT */
/* The comparison: what the maps of a report's targets have in common, and where they differ. */
#ifndef PAGELAP_MAP_COMPARE_H
#define PAGELAP_MAP_COMPARE_H

#include "model/report.h"

/* More answers to "what does this member touch on that target" than anybody reads. */
enum { PL_COMPARE_LIMIT = 4000000 };

/*
 * Fills report->comparison from the maps of its targets; NULL if there are
 * fewer than two. PL_ERROR_UNREADABLE when they are too absurd to be compared.
 */
struct pl_error *pl_compare_targets(struct pl_report *report) PL_MUST_CHECK;

#endif
