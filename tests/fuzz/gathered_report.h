/* SPDX-License-Identifier: MIT */
#ifndef PAGELAP_TESTS_GATHERED_REPORT_H
#define PAGELAP_TESTS_GATHERED_REPORT_H

#include "read/usage/gathered.h"

/* What becomes of GATHERED: the usage of a small kernel, and a report of that. */
void gathered_report(const struct pl_gathered *gathered);

#endif
