/* SPDX-License-Identifier: MIT */
/*
 * What the targets of one report have in common: for each member of each
 * overlay, which host fields it touches and how, and on which targets so.
 * Offsets do not count: the same words lie elsewhere on 32 bits. Plain data in
 * the report's arena.
 */
#ifndef PAGELAP_MODEL_COMPARISON_H
#define PAGELAP_MODEL_COMPARISON_H

#include "model/overlay.h"

struct pl_common_touch {
	const char *host_field; /* NULL when the relation is beyond */
	size_t page;
	enum pl_relation relation;
};

/* One way a member lies on the host, and where so. */
struct pl_variant {
	bool present;			 /* false: the overlay is there, and has no such member */
	struct pl_common_touch *touches; /* by page, then by host field */
	size_t n_touches;
	size_t *targets; /* indices into the report's targets, ascending */
	size_t n_targets;
};

struct pl_compared_member {
	const char *overlay, *path;
	struct pl_variant
		*variants; /* by their first target; one: the same on all that have the overlay */
	size_t n_variants;
};

/* Which targets have an overlay. */
struct pl_compared_overlay {
	const char *name;
	size_t *targets; /* that have it */
	size_t n_targets;
	struct pl_compared_member *members; /* in the order of the first target that has each */
	size_t n_members;
	size_t same; /* members with one variant */
};

struct pl_comparison {
	struct pl_compared_overlay *overlays; /* in the order in which the targets list them */
	size_t n_overlays;
};

#endif
