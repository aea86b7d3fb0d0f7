/* SPDX-License-Identifier: MIT */
/* Options about how the units of a build are looked through. */
#ifndef PAGELAP_CMD_USAGE_OPTIONS_H
#define PAGELAP_CMD_USAGE_OPTIONS_H

#include "options.h"

/* Into struct settings. */
extern const struct option_group usage_options;

#endif
