/* SPDX-License-Identifier: MIT */
/* The data in rules/ as bytes; the definitions are generated when pagelap is built. */
#ifndef PAGELAP_CHECK_BUILTIN_H
#define PAGELAP_CHECK_BUILTIN_H

#include "support/cursor.h"

extern const struct pl_bytes pl_builtin_pack;	/* struct-page.json */
extern const struct pl_bytes pl_builtin_recipe; /* linux-headers.json */
extern const struct pl_bytes pl_builtin_usage;	/* linux-usage.json */

#endif
