/* SPDX-License-Identifier: MIT */
/*
 * What a report's findings were held against: accepted findings with their
 * reasons, and an earlier report. Plain data in the report's arena.
 */
#ifndef PAGELAP_MODEL_SUPPRESSION_H
#define PAGELAP_MODEL_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>

enum pl_suppression_state {
	PL_SUPPRESSION_USED,
	PL_SUPPRESSION_UNUSED,	/* no finding is like it */
	PL_SUPPRESSION_EXPIRED, /* its day is over: what it fits is open again */
	PL_SUPPRESSION_STATE_COUNT
};

/* Accepts findings. Globs as of fnmatch(3); NULL fits all, also what a finding is not about. */
struct pl_suppression {
	const char *rule;
	const char *overlay, *member, *host_field, *target;
	const char *reason;
	const char *expires; /* the last day it holds, "2027-03-31"; NULL: for ever */
	const char *file;    /* where it is written */
	enum pl_suppression_state state;
	size_t matched; /* findings that it fits, on all targets */
};

/* A finding of the baseline that is gone. */
struct pl_fixed_finding {
	const char *fingerprint, *target;
};

/* An earlier report that this one is held against. */
struct pl_baseline {
	const char *path;
	size_t known;			/* findings that both have, per target */
	struct pl_fixed_finding *fixed; /* on targets that both have */
	size_t n_fixed;
};

/* "used", "unused", "expired". */
const char *pl_suppression_state_name(enum pl_suppression_state state);

#endif
