/* SPDX-License-Identifier: MIT */
/* The rows of tables of bytes, in whatever format. */
#ifndef PAGELAP_REPORT_ROWS_H
#define PAGELAP_REPORT_ROWS_H

#include "model/target.h"

/*
 * Host bits that no host field's edge divides, within one host position: a word
 * at most, or as many as there are in which nothing begins or ends.
 */
struct pl_row {
	uint64_t offset, size;
};

/*
 * The rows of the host of TARGET, in ARENA: the same for each of its positions.
 * Words are of 64 bits where TARGET
 * does not say. From 16 words on in which neither a host field nor, on any position, anything
 * of an overlay begins or ends, they are one row.
 */
struct pl_error *pl_host_rows(const struct pl_target *target, struct pl_arena *arena,
			      struct pl_row **ret, size_t *count) PL_MUST_CHECK;

/* Whether ROW, of host position PAGE, has bits of RANGE, which may go on on later ones; of SIZE
 * bits. */
bool pl_row_has_bits(const struct pl_row *row, size_t page, uint64_t size,
		     const struct pl_bit_range *range);

/* Whether ROW is more than one word. */
bool pl_row_is_folded(const struct pl_row *row);

/* How many host positions the largest overlay of TARGET has; at least 1. */
size_t pl_most_pages(const struct pl_target *target);

#endif
