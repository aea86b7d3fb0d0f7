/* SPDX-License-Identifier: MIT */
/* What could not be told of one target, while the others go on. */
#ifndef PAGELAP_CMD_FAILURE_H
#define PAGELAP_CMD_FAILURE_H

#include "model/report.h"

/*
 * Adds ERROR, which it takes, to REPORT as what could not be told of the target
 * called NAME, of the source at PATH. Lack of memory is about no target: that
 * error is returned.
 */
struct pl_error *failure_note(struct pl_report *report, const char *name, const char *path,
			      struct pl_error *error) PL_MUST_CHECK;

#endif
