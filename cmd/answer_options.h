/* SPDX-License-Identifier: MIT */
/* Options about what is wanted to be known of code. */
#ifndef PAGELAP_CMD_ANSWER_OPTIONS_H
#define PAGELAP_CMD_ANSWER_OPTIONS_H

#include "options.h"

/* Into struct settings. */
extern const struct option_group answer_options;

#endif
