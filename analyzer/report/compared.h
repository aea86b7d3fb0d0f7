/* SPDX-License-Identifier: MIT */
/* The comparison of targets, arranged so that it takes few lines to say. */
#ifndef PAGELAP_REPORT_COMPARED_H
#define PAGELAP_REPORT_COMPARED_H

#include "model/comparison.h"
#include "support/arena.h"

/* What a member touches on the same targets: on those of some of its variants. */
struct pl_compared_row {
	const struct pl_common_touch **touches;
	size_t n_touches; /* 0: its one variant touches nothing, or is not there */
	size_t *variants; /* ascending */
	size_t n_variants;
};

/* MEMBER touch by touch, in ARENA: first what most variants have in common. */
struct pl_error *pl_compared_rows(const struct pl_compared_member *member, struct pl_arena *arena,
				  struct pl_compared_row **ret, size_t *count) PL_MUST_CHECK;

/* Members that differ in the same way. */
struct pl_compared_block {
	const struct pl_compared_member **members; /* at least one */
	size_t n_members;
};

/* The members of OVERLAY that are not the same everywhere: in ARENA, by the first of each. */
struct pl_error *pl_compared_blocks(const struct pl_compared_overlay *overlay,
				    struct pl_arena *arena, struct pl_compared_block **ret,
				    size_t *count) PL_MUST_CHECK;

#endif
