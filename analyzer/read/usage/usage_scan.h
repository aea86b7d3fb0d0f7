/* SPDX-License-Identifier: MIT */
/* From a kernel build to the accesses of all its units, as the usage of a target. */
#ifndef PAGELAP_READ_USAGE_USAGE_SCAN_H
#define PAGELAP_READ_USAGE_USAGE_SCAN_H

#include "model/recipe.h"
#include "model/target.h"
#include "model/usage_rules.h"

/* Is told from time to time how many of all units are done. */
typedef void pl_usage_progress(void *context, size_t done, size_t count);

/* What a scan has taken. */
struct pl_usage_costs {
	size_t parsed;	 /* units: of the others all was known, or nothing is to be found there */
	size_t resident; /* bytes, the most that any worker has held */
};

struct pl_usage_request {
	const char *path;	 /* of the build directory */
	const char *source_tree; /* NULL: the build directory names it */
	const struct pl_recipe *recipe;
	const struct pl_usage_rules *rules;
	const char *make_log; /* see pl_units_find(); NULL: the build directory says it */
	const char *cache;    /* a directory for results; NULL: none are kept */
	unsigned shard, shards;
	size_t jobs; /* workers at a time; 0: one per processor */
	bool plain;  /* no shortcuts: slow, and the measure of all others */
	const char *host;
	pl_usage_progress *progress; /* NULL: nobody wants to know */
	void *progress_context;
};

/*
 * Scans the units of the build and adds to TARGET, whose records were read
 * from the same build, the accesses to any of them. A unit that cannot be
 * looked at becomes a lost unit. COSTS may be NULL. *WARNING is the caller's: that results could
 * not be kept for the next run, which changes nothing of this one, or NULL.
 * PL_ERROR_UNREADABLE where the build does not say what its units are.
 */
struct pl_error *pl_usage_scan(const struct pl_usage_request *request, struct pl_target *target,
			       struct pl_usage_costs *costs,
			       struct pl_error **warning) PL_MUST_CHECK;

#endif
