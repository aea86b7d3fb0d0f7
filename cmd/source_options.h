/* SPDX-License-Identifier: MIT */
/* Options about sources: what is read from them, and how. Commands share them. */
#ifndef PAGELAP_CMD_SOURCE_OPTIONS_H
#define PAGELAP_CMD_SOURCE_OPTIONS_H

#include "options.h"

/* Into struct settings. */
extern const struct option_group source_options;

#endif
