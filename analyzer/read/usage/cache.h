/* SPDX-License-Identifier: MIT */
/*
 * Results of units from one run to the next, in one file per build, or per
 * slice of one. A result counts as long as the unit's flags and rules are the
 * same, which its key says, and every file that it read has the same content.
 *
 * The file is this program's own: one that makes no sense is as good as none.
 */
#ifndef PAGELAP_READ_USAGE_CACHE_H
#define PAGELAP_READ_USAGE_CACHE_H

#include "read/usage/gathered.h"
#include "read/usage/input_state.h"

struct pl_cached_unit {
	struct pl_digest key;
	struct pl_gathered_unit unit;
	unsigned age; /* runs since it was last asked for */
};

struct pl_usage_cache {
	struct pl_arena *arena;	       /* set this */
	struct pl_gathered *gathered;  /* set this: what numbers of bundles and inputs mean */
	const char *path;	       /* of the file; NULL: nothing is kept */
	int64_t began;		       /* when this run did, in seconds */
	struct pl_input_state *states; /* of gathered->inputs, as far as the file knew them */
	size_t n_states, states_capacity;
	struct pl_cached_unit **units;
	size_t n_units, units_capacity;
	struct pl_idmap by_key; /* set its arena */
};

/*
 * Finds the file for BUILD, which names a build or a slice of one, in
 * DIRECTORY, which is made where it is not there, and reads it. An error only
 * where there is no memory.
 */
struct pl_error *pl_usage_cache_open(struct pl_usage_cache *cache, const char *directory,
				     const char *build) PL_MUST_CHECK;

/* The result under KEY into *RET, if there is one and it still counts. */
bool pl_usage_cache_find(struct pl_usage_cache *cache, const struct pl_digest *key,
			 struct pl_gathered_unit *ret);

/* Puts UNIT under KEY, in place of what was there. */
struct pl_error *pl_usage_cache_put(struct pl_usage_cache *cache, const struct pl_digest *key,
				    const struct pl_gathered_unit *unit) PL_MUST_CHECK;

/*
 * Writes the file anew. PL_ERROR_UNREADABLE where that fails; what it held is
 * then still there.
 */
struct pl_error *pl_usage_cache_save(struct pl_usage_cache *cache) PL_MUST_CHECK;

#endif
