/* SPDX-License-Identifier: MIT */
/* Writing a report where the user wants it. */
#ifndef PAGELAP_CMD_OUTPUT_H
#define PAGELAP_CMD_OUTPUT_H

#include "model/report.h"
#include "settings.h"

/* Writes REPORT in every format asked for; without any, as text on standard output. */
struct pl_error *output_write(const struct pl_report *report,
			      const struct settings *settings) PL_MUST_CHECK;

/* Prints what could not be told on standard error. */
void output_failures(const struct pl_report *report);

#endif
