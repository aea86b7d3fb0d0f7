/* SPDX-License-Identifier: MIT */
/* Whether the header that was generated from a configuration is of that configuration. */
#ifndef PAGELAP_READ_KBUILD_AGREEMENT_H
#define PAGELAP_READ_KBUILD_AGREEMENT_H

#include "read/kbuild/kconfig.h"

/*
 * Sets *RET to an option that is y or m for CONFIG and not for HEADER, the
 * text of the generated header ("#define CONFIG_X 1", "CONFIG_X_MODULE" for
 * m), or the other way round; to NULL if there is none. It lives in ARENA, or
 * with CONFIG. Other values are not compared: they are written in several ways.
 */
struct pl_error *pl_kconfig_compare(struct pl_arena *arena, const struct pl_kconfig *config,
				    const char *header, const char **ret) PL_MUST_CHECK;

#endif
