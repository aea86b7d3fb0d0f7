/* SPDX-License-Identifier: MIT */
/* What tables of bytes are made of, in whatever format: rows of host bits, and stretches with a
 * name on them. */
#ifndef PAGELAP_REPORT_ITEM_H
#define PAGELAP_REPORT_ITEM_H

#include "model/target.h"

/* One row: host bits that no host field's edge divides, within one host position. */
struct pl_row {
	uint64_t offset, size;
};

/* A stretch of bits with a name: a leaf, or the record that is shown in its place. */
struct pl_item {
	const char *name;
	const char *type; /* as declared */
	uint64_t offset, size;
	const struct pl_field *field; /* the leaf it was made of */
};

/* FIELD of RECORD as shown: a record with one leaf, a lock or an atomic goes by its own name. */
struct pl_item pl_item_of(const struct pl_record *record, const struct pl_field *field);

/* What FIELD of RECORD is called: pl_item_of().name. */
const char *pl_item_name(const struct pl_record *record, const struct pl_field *field);

/* Whether ITEM has bits on ROW, both counted from the same place. */
bool pl_item_is_on(const struct pl_item *item, const struct pl_row *row);

/* Whether the ways through unions exclude each other: two alternatives of one union. */
bool pl_branches_exclude(const struct pl_branch *a, size_t n_a, const struct pl_branch *b,
			 size_t n_b);

/* The rows of HOST, whose words have WORD bits, in ARENA. */
struct pl_error *pl_host_rows(const struct pl_record *host, uint64_t word, struct pl_arena *arena,
			      struct pl_row **ret, size_t *count) PL_MUST_CHECK;

/* The bits of a word of TARGET; 64 where that is not known. */
uint64_t pl_word_bits(const struct pl_target *target);

/* How many host positions the largest overlay of TARGET has; at least 1. */
size_t pl_most_pages(const struct pl_target *target);

#endif
