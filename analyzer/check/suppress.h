/* SPDX-License-Identifier: MIT */
/* Findings that somebody has accepted. */
#ifndef PAGELAP_CHECK_SUPPRESS_H
#define PAGELAP_CHECK_SUPPRESS_H

#include "model/report.h"

/*
 * Holds the open findings of REPORT against its suppressions. One that fits
 * makes them suppressed, for its reason, the first of several; one that
 * expired before TODAY ("2027-03-31") does not. Says of each suppression what
 * became of it, and how many of those findings it fits, whether or not another
 * one came first. An error when that would take minutes, as it does for
 * thousands of patterns and tens of thousands of findings.
 */
struct pl_error *pl_suppress(struct pl_report *report, const char *today) PL_MUST_CHECK;

#endif
