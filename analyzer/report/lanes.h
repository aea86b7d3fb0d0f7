/* SPDX-License-Identifier: MIT */
/* What lies on one row of host bits, by union alternatives: side by side is what excludes each
 * other, one below the other what is there at the same time. */
#ifndef PAGELAP_REPORT_LANES_H
#define PAGELAP_REPORT_LANES_H

#include "report/item.h"
#include "report/mark.h"

/* The bits of an item, or unused ones, as far as they are on the row. */
struct pl_piece {
	enum pl_mark mark;
	const char *name;		/* NULL: unused bits */
	struct pl_bit_range range;	/* of the host position, clipped to the row */
	struct pl_item item;		/* from the start of the record; of unused bits all zero */
	const struct pl_unused *unused; /* NULL: not unused bits that the map tells of */
	const struct pl_branch *branches;
	size_t n_branches;
};

/* Pieces that do not exclude each other, by their bits. */
struct pl_lane {
	struct pl_piece *pieces;
	size_t count, capacity;
};

struct pl_lanes {
	struct pl_lane *list;
	size_t count, capacity;
};

/*
 * What OVERLAY has on ROW of host position PAGE of HOST, in ARENA; what is
 * unused for some alternatives only is beside what belongs to those. One piece
 * for unused bits where it has nothing at all.
 */
struct pl_error *pl_overlay_lanes(const struct pl_overlay *overlay, const struct pl_record *host,
				  size_t page, const struct pl_row *row, struct pl_arena *arena,
				  struct pl_lanes *ret) PL_MUST_CHECK;

/* The same for the fields of HOST itself. */
struct pl_error *pl_host_lanes(const struct pl_record *host, size_t page, const struct pl_row *row,
			       struct pl_arena *arena, struct pl_lanes *ret) PL_MUST_CHECK;

#endif
