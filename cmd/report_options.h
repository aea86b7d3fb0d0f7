/* SPDX-License-Identifier: MIT */
/* Options about the report: formats, the gate, what it looks like. Commands share them. */
#ifndef PAGELAP_CMD_REPORT_OPTIONS_H
#define PAGELAP_CMD_REPORT_OPTIONS_H

#include "options.h"

/* Into struct settings. */
extern const struct option_group report_options;

/* The same without the gate. */
extern const struct option_group shape_options;

/* The same, of those that every command with sources has. */
extern const struct option_group manner_options;

/* "auto", "always", "never"; NULL past the last. */
const char *colour_name(size_t index);

#endif
