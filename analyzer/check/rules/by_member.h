/* SPDX-License-Identifier: MIT */
/* What code does with fields, by the member of the record that they are in. */
#ifndef PAGELAP_CHECK_BY_MEMBER_H
#define PAGELAP_CHECK_BY_MEMBER_H

#include "check/rules/check_internal.h"

struct pl_numbered_access {
	const struct pl_access *access; /* to a field, not to a whole record */
	size_t at;			/* its place among all */
};

struct pl_numbered_accesses {
	struct pl_numbered_access *list;
	size_t count;
};

/* Whether both are to the same outermost member of the same record. */
bool pl_same_member(const struct pl_access *a, const struct pl_access *b);

/* Sorts what is in ACCESSES by record and outermost member; those of one stay in their order. */
void pl_sort_by_member(struct pl_numbered_accesses *accesses);

/* All accesses of USAGE to fields, in ARENA, sorted so. */
struct pl_error *pl_accesses_by_member(const struct pl_usage *usage, struct pl_arena *arena,
				       struct pl_numbered_accesses *ret) PL_MUST_CHECK;

/* Those of ACCESSES, which are sorted so, that are to the outermost
 * member of RECORD that MEMBER is, or is in. */
struct pl_numbered_accesses pl_accesses_of(const struct pl_numbered_accesses *accesses,
					   const char *record, const char *member);

#endif
