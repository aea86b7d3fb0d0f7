/* SPDX-License-Identifier: MIT */
/* Whether code gets at a member at all, by whatever name: found without looking at every access. */
#ifndef PAGELAP_MODEL_REACH_H
#define PAGELAP_MODEL_REACH_H

#include "model/access.h"
#include "support/arena.h"
#include "support/error.h"

/* An access to a field, and how many of each kind there are before it in the list. */
struct pl_reach {
	const struct pl_access *access;
	size_t before[PL_ACCESS_KIND_COUNT];
};

struct pl_reaches {
	struct pl_reach *list; /* by record and path; one more, without an access, at the end */
	size_t count;
};

/* Makes *RET, in ARENA, of the accesses of USAGE to fields, and points to them. */
struct pl_error *pl_reaches_find(const struct pl_usage *usage, struct pl_arena *arena,
				 struct pl_reaches *ret) PL_MUST_CHECK;

/*
 * The kinds, as 1 << enum pl_access_kind, of all accesses to PATH of RECORD: to
 * it, to a record that it is in, to a part of it. Who copies or clears all of a
 * record makes no use of any field of it.
 */
unsigned pl_reaches_kinds(const struct pl_reaches *reaches, const char *record, const char *path);

#endif
