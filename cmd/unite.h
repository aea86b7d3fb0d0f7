/* SPDX-License-Identifier: MIT */
/* Many reports as one. */
#ifndef PAGELAP_CMD_UNITE_H
#define PAGELAP_CMD_UNITE_H

#include "model/report.h"

/*
 * Moves the targets of the COUNT REPORTS, which are mapped, into INTO, which is
 * empty, with their failures and rules; what comes of it is the same in
 * whatever order they are given. Two targets of one name have to hold the same,
 * and become one, or be shards of one usage scan, which are joined. Rules of
 * one name have to say the same. PL_ERROR_USAGE names what does not fit.
 */
struct pl_error *unite(struct pl_report *const *reports, size_t count,
		       struct pl_report *into) PL_MUST_CHECK;

#endif
