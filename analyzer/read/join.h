/* SPDX-License-Identifier: MIT */
/*
 * One target of two sources: a kernel as it was built, whose layout counts,
 * and the headers it was built from, which say what is asserted.
 */
#ifndef PAGELAP_READ_JOIN_H
#define PAGELAP_READ_JOIN_H

#include "model/target.h"

/*
 * Adds to BUILT what only HEADERS knows: pins, candidates, discovered
 * overlays, findings, and where fields are declared. Records that both have
 * are held against each other; each that differs becomes the finding
 * LAYOUT-DISAGREES, another architecture ARCH-DISAGREES, another release RELEASE-DISAGREES. Nothing
 * in BUILT points into HEADERS after.
 */
struct pl_error *pl_join(struct pl_target *built, const struct pl_target *headers) PL_MUST_CHECK;

#endif
