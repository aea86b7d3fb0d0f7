/* SPDX-License-Identifier: MIT */
/* What code does, from saved reports: --usage. */
#ifndef PAGELAP_CMD_TAKE_USAGE_H
#define PAGELAP_CMD_TAKE_USAGE_H

#include "model/report.h"
#include "settings.h"

/*
 * Gives the targets of REPORT the usage that the reports of settings->usages
 * have of targets of their names, shards joined; nothing without such reports.
 * A target that none of them knows becomes a failure. PL_ERROR_USAGE where a
 * report cannot be read, or where shards do not fit together.
 */
struct pl_error *take_usage(const struct settings *settings,
			    struct pl_report *report) PL_MUST_CHECK;

#endif
