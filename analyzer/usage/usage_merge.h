/* SPDX-License-Identifier: MIT */
/* The shards of a usage scan, joined. */
#ifndef PAGELAP_USAGE_USAGE_MERGE_H
#define PAGELAP_USAGE_USAGE_MERGE_H

#include "model/target.h"

/*
 * Joins the usages of the COUNT OTHERS into that of INTO, so that it speaks of
 * all of the build (shard 1 of 1). All are one target, of one name, as several
 * reports have it: each has a usage, and is one shard of the same scan, in any
 * order, INTO being one of them. Strings are copied; OTHERS stay as they are.
 *
 * PL_ERROR_USAGE names what does not fit together: another architecture,
 * release, configuration or layout, shards of different scans, one that is
 * there twice, one that is not there, a target without usage. INTO is then as
 * it was.
 */
struct pl_error *pl_usage_merge(struct pl_target *into, const struct pl_target *const *others,
				size_t count) PL_MUST_CHECK;

/* Gives TARGET a copy of the usage of FROM, which has one, in place of its own. */
struct pl_error *pl_usage_copy(struct pl_target *target,
			       const struct pl_target *from) PL_MUST_CHECK;

#endif
