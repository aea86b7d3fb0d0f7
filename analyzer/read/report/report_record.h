/* SPDX-License-Identifier: MIT */
/* Records of a saved report. */
#ifndef PAGELAP_READ_REPORT_REPORT_RECORD_H
#define PAGELAP_READ_REPORT_REPORT_RECORD_H

#include <jansson.h>

#include "model/record.h"
#include "support/arena.h"

/* Parses the record in OBJECT into ARENA. Indices in *RET are sound, members lie inside. */
struct pl_error *pl_report_read_record(json_t *object, struct pl_arena *arena,
				       struct pl_record **ret) PL_MUST_CHECK;

#endif
