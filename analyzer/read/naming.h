/* SPDX-License-Identifier: MIT */
/* What a target is called. */
#ifndef PAGELAP_READ_NAMING_H
#define PAGELAP_READ_NAMING_H

#include "model/report.h"

/*
 * Calls TARGET by the name WANTED, or else by the one it has, or else by its
 * architecture, or else by the file it was read from; where REPORT already has a target of that
 * name, the release or a number is added.
 */
struct pl_error *pl_name_target(const struct pl_report *report, const char *wanted,
				struct pl_target *target) PL_MUST_CHECK;

#endif
