/* SPDX-License-Identifier: MIT */
/* What a function does with records: gathered while it is walked, then kept as bytes. */
#ifndef PAGELAP_READ_USAGE_FOUND_H
#define PAGELAP_READ_USAGE_FOUND_H

#include "model/access.h"
#include "support/wire.h"

struct pl_found {
	struct pl_arena *arena; /* of the lists; set this, the rest begins as zero */
	struct pl_access *accesses;
	size_t n_accesses, accesses_capacity;
	struct pl_cast *casts;
	size_t n_casts, casts_capacity;
};

/* Adds ACCESS, combined with what is there of its place and field. Strings are not copied. */
struct pl_error *pl_found_access(struct pl_found *found,
				 const struct pl_access *access) PL_MUST_CHECK;

/* Adds CAST unless it is there. Strings are not copied. */
struct pl_error *pl_found_cast(struct pl_found *found, const struct pl_cast *cast) PL_MUST_CHECK;

/* FOUND as bytes, and back; strings are then of found->arena. */
void pl_found_put(const struct pl_found *found, struct pl_strbuf *buffer);
struct pl_error *pl_found_take(struct pl_cursor *cursor, struct pl_found *found) PL_MUST_CHECK;

#endif
