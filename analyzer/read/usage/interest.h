/* SPDX-License-Identifier: MIT */
/* Which records are looked for, and what the fields of a unit have to do with them. */
#ifndef PAGELAP_READ_USAGE_INTEREST_H
#define PAGELAP_READ_USAGE_INTEREST_H

#include "read/headers/clang_api.h"
#include "support/idmap.h"

/* What a field of any record is, to the one who looks for accesses. */
struct pl_field_info {
	CXCursor declaration;
	const char *name;	    /* "": an unnamed one, which leaves no trace in a path */
	const char *record;	    /* the record looked for that it is a field of; NULL: none */
	const char *holds;	    /* the record looked for that is its type; NULL: none */
	struct pl_field_info *next; /* of those that share a hash */
};

struct pl_interest {
	const struct pl_clang *clang;
	struct pl_arena *arena; /* of the unit */
	const char *const *records;
	size_t n_records;
	const char *host;
	struct pl_idmap fields; /* set its arena */
};

/* The record looked for that TYPE is, or NULL. */
const char *pl_interest_record(const struct pl_interest *interest, CXType type);

/* The record looked for that TYPE, a pointer, points to, or NULL. */
const char *pl_interest_pointee(const struct pl_interest *interest, CXType type);

/* What the field that DECLARATION declares is. */
struct pl_error *pl_interest_field(struct pl_interest *interest, CXCursor declaration,
				   const struct pl_field_info **ret) PL_MUST_CHECK;

#endif
