/* SPDX-License-Identifier: MIT */
#ifndef PAGELAP_TESTS_WORK_H
#define PAGELAP_TESTS_WORK_H

#include "model/pack.h"
#include "support/error.h"
#include "support/strbuf.h"

/*
 * What the command line does with the source at PATH, up to the report, which
 * is appended to JSON: reads the records of PACK, maps and renders them.
 */
struct pl_error *report_on(const struct pl_pack *pack, const char *path, bool all_units,
			   struct pl_strbuf *json) PL_MUST_CHECK;

#endif
