/* SPDX-License-Identifier: MIT */
/* Saved reports as a source. */
#ifndef PAGELAP_READ_REPORT_REPORT_READ_H
#define PAGELAP_READ_REPORT_REPORT_READ_H

#include "read/read.h"
#include "support/cursor.h"

/* Whether BYTES begin like a JSON object. */
bool pl_report_detect(struct pl_bytes bytes);

/*
 * Adds the targets and failures of the saved report in BYTES to REPORT. Each
 * target is marked as saved and carries records, findings, and what was
 * mapped; the map itself is made anew from them by pl_map_target(). An error
 * names the place in the document ("targets[0].records[1].fields[3].path").
 */
struct pl_error *pl_report_read(const struct pl_read_request *request, struct pl_bytes bytes,
				struct pl_report *report) PL_MUST_CHECK;

#endif
