/* SPDX-License-Identifier: MIT */
/* Writing a report where the user wants it. */
#ifndef PAGELAP_CMD_OUTPUT_H
#define PAGELAP_CMD_OUTPUT_H

#include "model/report.h"
#include "report/report.h"
#include "settings.h"

/* Writes REPORT in every format asked for; without any, as text on standard output. */
struct pl_error *output_write(const struct pl_report *report,
			      const struct settings *settings) PL_MUST_CHECK;

/* The format called by the LENGTH first characters of NAME; PL_ERROR_USAGE names all there are. */
struct pl_error *output_format(const char *name, size_t length, enum format *ret) PL_MUST_CHECK;

/* The name of format INDEX; NULL past the last. */
const char *output_format_name(size_t index);

/*
 * Adds an output to SETTINGS, whose format the caller sets: VALUE is
 * FORMAT[:FILE]. PL_ERROR_USAGE where there are too many, where two are for
 * standard output or for one file, or where no file follows the colon.
 */
struct pl_error *output_add(struct settings *settings, const char *value) PL_MUST_CHECK;

/* What text has to be like that goes to OUTPUT: SETTINGS, or what the terminal is. */
struct pl_text_options output_text_options(const struct settings *settings,
					   const struct output *output);

/* Writes TEXT, which is no more than that, to OUTPUT. */
struct pl_error *output_text(const struct output *output,
			     const struct pl_strbuf *text) PL_MUST_CHECK;

/* Prints what could not be told on standard error. */
void output_failures(const struct pl_report *report);

#endif
