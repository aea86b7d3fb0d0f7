/* SPDX-License-Identifier: MIT */
/* What reporters say of coverage, whatever their format. */
#ifndef PAGELAP_REPORT_COVERAGE_H
#define PAGELAP_REPORT_COVERAGE_H

#include "model/overlay.h"

/* Whether MEMBER counts in overlay->used. */
bool pl_is_in_use(const struct pl_member *member);

/* Whether MEMBER is in use and no assertion pins it. */
bool pl_is_unpinned(const struct pl_member *member);

#endif
