/* SPDX-License-Identifier: MIT */
#ifndef PAGELAP_TESTS_MAPPED_H
#define PAGELAP_TESTS_MAPPED_H

#include "model/pack.h"
#include "model/report.h"

/* Maps all targets of REPORT: a saved one as it says itself, the others as PACK does. */
struct pl_error *map_report(const struct pl_pack *pack, struct pl_report *report) PL_MUST_CHECK;

#endif
