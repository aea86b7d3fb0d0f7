/* SPDX-License-Identifier: MIT */
/* What a saved report says of code: accesses, casts, and the scan that found them. */
#ifndef PAGELAP_READ_REPORT_REPORT_USAGE_H
#define PAGELAP_READ_REPORT_REPORT_USAGE_H

#include <jansson.h>

#include "model/target.h"

/*
 * Gives TARGET the usage that OBJECT, a target, has, in order; none where its
 * code was not looked at. Which bits an access is about is not read: it
 * follows from the records.
 */
struct pl_error *pl_report_read_usage(json_t *object, struct pl_target *target) PL_MUST_CHECK;

#endif
