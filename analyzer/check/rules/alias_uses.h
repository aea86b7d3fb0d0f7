/* SPDX-License-Identifier: MIT */
/* What code does with members and host fields, by subject: for the rule about aliases. */
#ifndef PAGELAP_CHECK_ALIAS_USES_H
#define PAGELAP_CHECK_ALIAS_USES_H

#include "check/rules/check_internal.h"

/* All that the code of one subject does with one field of one record. */
struct pl_alias_use {
	const struct pl_access *first; /* in the order of accesses */
	size_t at;		       /* of it, among all accesses */
	size_t begin, end;	       /* its accesses in pl_alias_uses.accesses */
	size_t subject;		       /* a number: what is of one subject is side by side */
	bool ours;		       /* of a member that the rule is about */
	bool hosts;		       /* of a field of the host */
	bool placed;		       /* whether the map knows where it is */
	struct pl_bit_range range;
};

struct pl_alias_uses {
	const struct pl_access **accesses;
	struct pl_alias_use *list; /* by subject, then in the order of their first accesses */
	size_t count;
	size_t *subjects; /* where each begins in the list, and where the last ends */
	size_t n_subjects;
};

/*
 * Puts together what the code of the checker's target, which was looked at,
 * does, in ARENA. What is about a whole record, or has no file, is left out.
 */
struct pl_error *pl_alias_uses(const struct pl_checker *checker, struct pl_arena *arena,
			       struct pl_alias_uses *ret) PL_MUST_CHECK;

/* The bits that both are about, in *RET; false if there are none. */
bool pl_alias_overlap(const struct pl_alias_use *a, const struct pl_alias_use *b,
		      struct pl_bit_range *ret);

#endif
