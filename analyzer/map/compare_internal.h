/* SPDX-License-Identifier: MIT */
/* The steps of the comparison, in the order in which compare.c takes them. */
#ifndef PAGELAP_MAP_COMPARE_INTERNAL_H
#define PAGELAP_MAP_COMPARE_INTERNAL_H

#include "model/report.h"

/* A member of the overlay on one target. */
struct pl_sighting {
	const char *path;
	size_t target; /* index into the report's targets */
	const struct pl_member *member;
	size_t id; /* the same for all sightings of one path */
};

/* All sightings of one path, by target. */
struct pl_run {
	struct pl_sighting **sightings;
	size_t count;
};

/* The overlay of TARGET called NAME, or NULL. */
const struct pl_overlay *pl_compare_find(const struct pl_target *target, const char *name);

/*
 * One run for each member that OVERLAY has on any of its targets, in the order
 * in which they are shown, in ARENA.
 */
struct pl_error *pl_compare_paths(const struct pl_report *report,
				  const struct pl_compared_overlay *overlay, struct pl_arena *arena,
				  struct pl_run **ret, size_t *count) PL_MUST_CHECK;

struct pl_variants_request {
	const struct pl_compared_overlay *overlay;
	bool pins;	       /* all targets say what they assert */
	struct pl_arena *keep; /* of the variants */
	struct pl_arena *scratch;
};

/* Fills MEMBER with the variants of what RUN saw. */
struct pl_error *pl_compare_variants(const struct pl_variants_request *request,
				     const struct pl_run *run,
				     struct pl_compared_member *member) PL_MUST_CHECK;

/* Fills comparison->alike from its overlays. */
struct pl_error *pl_compare_alike(struct pl_arena *arena, size_t n_targets,
				  struct pl_comparison *comparison) PL_MUST_CHECK;

#endif
