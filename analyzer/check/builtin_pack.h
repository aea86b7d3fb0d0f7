/* SPDX-License-Identifier: MIT */
/* rules/struct-page.json as bytes; the definition is generated when pagelap is built. */
#ifndef PAGELAP_CHECK_BUILTIN_PACK_H
#define PAGELAP_CHECK_BUILTIN_PACK_H

#include "support/cursor.h"

extern const struct pl_bytes pl_builtin_pack;

#endif
