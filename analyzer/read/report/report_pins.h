/* SPDX-License-Identifier: MIT */
/* What a saved report says of a target's source code: pins, candidates and constants. */
#ifndef PAGELAP_READ_REPORT_REPORT_PINS_H
#define PAGELAP_READ_REPORT_REPORT_PINS_H

#include <jansson.h>

#include "model/target.h"

/* Adds what OBJECT, a target, has of them to TARGET; older reports have none. */
struct pl_error *pl_report_read_pins(json_t *object, struct pl_target *target) PL_MUST_CHECK;

#endif
