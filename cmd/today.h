/* SPDX-License-Identifier: MIT */
/* What day it is. */
#ifndef PAGELAP_CMD_TODAY_H
#define PAGELAP_CMD_TODAY_H

#include "support/error.h"

/* "2027-03-31" and its end. */
enum { TODAY_SIZE = sizeof("YYYY-MM-DD") };

/*
 * Writes the day, in UTC, to RET: that of SOURCE_DATE_EPOCH where it is set, so
 * that a run can be repeated. PL_ERROR_USAGE where it is no number of seconds.
 */
struct pl_error *today(char ret[TODAY_SIZE]) PL_MUST_CHECK;

#endif
