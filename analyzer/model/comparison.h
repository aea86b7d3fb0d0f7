/* SPDX-License-Identifier: MIT */
/*
 * What the targets of one report have in common: for each member of each
 * overlay, which host fields it touches and how, and on which targets so.
 * Offsets do not count: the same words lie elsewhere on 32 bits. Plain data in
 * the report's arena; names are those of the targets.
 */
#ifndef PAGELAP_MODEL_COMPARISON_H
#define PAGELAP_MODEL_COMPARISON_H

#include "model/overlay.h"

struct pl_common_touch {
	const char *host_field; /* NULL when the relation is beyond */
	size_t page;
	enum pl_relation relation; /* pinned only if the pins of all targets are known */
};

/* One way a member lies on the host, and where so. */
struct pl_variant {
	bool present;			 /* false: the overlay is there, and has no such member */
	struct pl_common_touch *touches; /* in the order in which the first target has them */
	size_t n_touches;
	size_t *targets; /* indices into the report's targets, ascending */
	size_t n_targets;
};

struct pl_compared_member {
	const char *path;
	struct pl_variant
		*variants; /* by their first target; one: all that have the overlay agree */
	size_t n_variants;
};

/* An overlay that at least one target has. */
struct pl_compared_overlay {
	const char *name;
	size_t *targets; /* that have it, ascending */
	size_t n_targets;
	/* As the first target declares them; what it lacks stands behind what it follows elsewhere.
	 */
	struct pl_compared_member *members;
	size_t n_members;
	size_t same; /* members with one variant */
};

/* Targets that nothing here tells apart. */
struct pl_alike {
	size_t *targets; /* ascending */
	size_t n_targets;
};

struct pl_comparison {
	struct pl_compared_overlay *overlays; /* in the order of their first appearance */
	size_t n_overlays;
	struct pl_alike *alike; /* every target is in one; by their first target */
	size_t n_alike;
};

/* By page, then by relation, then by host field; 0: the same. */
int pl_common_touch_order(const struct pl_common_touch *a, const struct pl_common_touch *b);

#endif
