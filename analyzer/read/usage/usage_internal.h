/* SPDX-License-Identifier: MIT */
/* The steps of a scan over a whole build. */
#ifndef PAGELAP_READ_USAGE_USAGE_INTERNAL_H
#define PAGELAP_READ_USAGE_USAGE_INTERNAL_H

#include "read/kbuild/kbuild.h"
#include "read/units/units.h"
#include "read/usage/cache.h"
#include "read/usage/prefilter.h"
#include "read/usage/scanner.h"
#include "read/usage/usage_scan.h"
#include "support/pool.h"

/* Headers that are compiled for the units of one environment. */
struct pl_usage_compiled {
	struct pl_precompiled precompiled;
	struct pl_gathered_unit common; /* what all units have that use it */
	int fd;				/* the file, or -1 */
	size_t first;			/* of the waiting units: where the sample begins */
	bool usable;
};

struct pl_usage_run {
	const struct pl_usage_request *request;
	struct pl_target *target;
	struct pl_arena *arena;
	struct pl_kbuild kbuild;
	struct pl_roots roots;
	struct pl_code_units units;
	struct pl_scan_plan plan;
	struct pl_scanner *scanner; /* of a worker; NULL in the parent */
	struct pl_gathered gathered;
	struct pl_usage_cache cache;
	struct pl_digest *keys;		  /* one per unit */
	struct pl_digest all_key;	  /* what the units that need no parsing are kept under */
	bool recalled;			  /* an earlier run knows all that this one asks */
	struct pl_gathered_unit *results; /* one per unit */
	size_t *waiting;		  /* the units to scan */
	size_t n_waiting, n_done;
	size_t first; /* of those, that is not scanned yet */
	struct pl_prefilter prefilter;
	struct pl_unit_setting *settings; /* one per unit */
	size_t *idle;			  /* units that seem to use nothing, and are not scanned */
	size_t n_idle;
	struct pl_usage_compiled *compiled; /* headers of the environments that have most units */
	size_t n_compiled;
	const char *place; /* a directory for the worker that compiles headers */
	int64_t next_keep; /* when results are kept again, in ms; 0: the first one is still to come
			    */
	struct pl_usage_costs costs;
};

/* Scans the next COUNT units of those that wait. */
struct pl_error *pl_usage_scan_next(struct pl_usage_run *run, size_t count) PL_MUST_CHECK;

/*
 * For each environment that many units have: scans a sample of those that wait,
 * and compiles once, for all others, the headers that nearly all of the sample
 * include. Where that fails, or is not worth it, the others are parsed without.
 */
struct pl_error *pl_usage_precompile(struct pl_usage_run *run) PL_MUST_CHECK;

/* The headers that are compiled for UNIT, or NULL. */
const struct pl_usage_compiled *pl_usage_compiled_for(const struct pl_usage_run *run, size_t unit);

/* Closes what is open for them. */
void pl_usage_compiled_release(struct pl_usage_run *run);

/*
 * Opens the cache, and takes from it what all units do: if nothing has changed
 * since a run that found it out, there is nothing more to do.
 */
struct pl_error *pl_usage_recall(struct pl_usage_run *run) PL_MUST_CHECK;

/* Whether the cache knows what UNIT does; that is then among the results. */
bool pl_usage_recall_unit(struct pl_usage_run *run, size_t unit);

/* Takes the units that the cache knows out of those that wait. */
void pl_usage_recall_waiting(struct pl_usage_run *run);

/*
 * Keeps what this run has found so far, if it is time to: should it be killed,
 * the next one goes on from there. That it cannot be kept is told at the end.
 */
struct pl_error *pl_usage_keep_some(struct pl_usage_run *run) PL_MUST_CHECK;

/* Keeps what this run has found for the next one. */
struct pl_error *pl_usage_keep(struct pl_usage_run *run) PL_MUST_CHECK;

/*
 * Makes the units wait that need parsing. Which those are depends on the
 * sources alone, not on what earlier runs have found.
 */
struct pl_error *pl_usage_prefilter(struct pl_usage_run *run) PL_MUST_CHECK;

/*
 * Puts units back that may include a header which could use a field, and
 * which no unit that was scanned has included; *RET is how many.
 */
struct pl_error *pl_usage_bring_back(struct pl_usage_run *run, size_t *ret) PL_MUST_CHECK;

/* What a worker may take. */
struct pl_pool_limits pl_usage_limits(const struct pl_usage_run *run);

#endif
