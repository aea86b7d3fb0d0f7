/* SPDX-License-Identifier: MIT */
/* What tables of bytes show, in whatever format: stretches with a name. */
#ifndef PAGELAP_REPORT_ITEM_H
#define PAGELAP_REPORT_ITEM_H

#include "report/rows.h"

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

#endif
