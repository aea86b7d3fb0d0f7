/* SPDX-License-Identifier: MIT */
/*
 * Whether what clang made of a tree can be what the kernel's compiler makes of
 * it. A layout that is silently wrong is worse than none.
 */
#ifndef PAGELAP_READ_HEADERS_HEADERS_CHECK_H
#define PAGELAP_READ_HEADERS_HEADERS_CHECK_H

#include "model/target.h"
#include "read/headers/unit_read.h"
#include "read/kbuild/kbuild.h"

/*
 * Holds the word size of the configuration, and the sizes that the build
 * measured, against those of UNIT. PL_ERROR_UNREADABLE, with both values,
 * when they disagree. Fills bits and byte order of TARGET.
 */
struct pl_error *pl_headers_check(const struct pl_unit *unit,
				  const struct pl_unit_contents *contents,
				  const struct pl_kbuild *kbuild, const struct pl_recipe *recipe,
				  struct pl_target *target) PL_MUST_CHECK;

#endif
