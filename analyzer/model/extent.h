/* SPDX-License-Identifier: MIT */
/*
 * What a path names in a record, found without looking at every field: code
 * does a hundred thousand things with a few hundred members.
 */
#ifndef PAGELAP_MODEL_EXTENT_H
#define PAGELAP_MODEL_EXTENT_H

#include "model/record.h"
#include "support/arena.h"
#include "support/error.h"

/* The bits of all that is called a path, or is in it; bits from the start of the record. */
struct pl_extent {
	const char *path; /* of something in it; LENGTH characters are its own */
	size_t length;
	uint64_t start, end;
};

/* What pl_record_index() takes, in characters of names looked at. */
uint64_t pl_record_index_effort(const struct pl_record *record);

/*
 * Makes record->extents, in ARENA, from the fields and containers as they are
 * now, in place of what was there.
 */
struct pl_error *pl_record_index(struct pl_record *record, struct pl_arena *arena) PL_MUST_CHECK;

/*
 * Where RECORD, of which pl_record_index() was made, has the field or the record
 * PATH, in bits from its start; false if it has no bits of it.
 */
bool pl_record_extent(const struct pl_record *record, const char *path, uint64_t *offset,
		      uint64_t *size);

#endif
