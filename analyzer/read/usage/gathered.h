/* SPDX-License-Identifier: MIT */
/* What units are found to do, as it comes in: bundles, each once, and which unit has which. */
#ifndef PAGELAP_READ_USAGE_GATHERED_H
#define PAGELAP_READ_USAGE_GATHERED_H

#include "model/target.h"
#include "read/kbuild/words.h"
#include "support/cursor.h"
#include "support/digest.h"
#include "support/idmap.h"

struct pl_gathered_bundle {
	struct pl_digest digest;
	struct pl_bytes bytes;
	bool wanted; /* a unit of this run has it */
	uint32_t index;
};

struct pl_gathered_unit {
	bool done;	  /* what follows is known */
	bool precompiled; /* it has what is precompiled too, which is not in the lists */
	/* Not done, and it makes no sense to try again before an input changes: why. Or NULL. */
	const char *lost;
	struct pl_words absent; /* paths: as above, before there is a file at one of them */
	uint32_t *bundles, *inputs;
	size_t n_bundles, n_inputs;
	uint32_t *idle; /* in place of bundles, see pl_usage_idle: units that need no parsing */
	size_t n_idle;
	bool *direct; /* inputs that the C file includes itself; NULL: not known */
};

struct pl_gathered {
	struct pl_arena *arena; /* set this */
	struct pl_gathered_bundle **bundles;
	size_t n_bundles, bundles_capacity;
	struct pl_idmap by_digest; /* set its arena */
	const char **inputs;	   /* files that units read, each once */
	size_t n_inputs, inputs_capacity;
	struct pl_idmap by_path; /* set its arena */
};

/* Takes what pl_scanner_scan() has written, from CURSOR, into UNIT. */
struct pl_error *pl_gathered_take(struct pl_gathered *gathered, struct pl_cursor *cursor,
				  struct pl_gathered_unit *unit) PL_MUST_CHECK;

/* Takes paths, their count first, from CURSOR into RET. */
struct pl_error *pl_gathered_take_paths(struct pl_gathered *gathered, struct pl_cursor *cursor,
					struct pl_words *ret) PL_MUST_CHECK;

/* Adds to the lists of UNIT what COMMON has. */
struct pl_error *pl_gathered_add(struct pl_gathered *gathered, struct pl_gathered_unit *unit,
				 const struct pl_gathered_unit *common) PL_MUST_CHECK;

/* Adds a bundle, or finds it: *RET is its number. BYTES may be empty if it is there. */
struct pl_error *pl_gathered_bundle(struct pl_gathered *gathered, const struct pl_digest *digest,
				    struct pl_bytes bytes, uint32_t *ret) PL_MUST_CHECK;

/* Adds the file PATH, or finds it: *RET is its number. */
struct pl_error *pl_gathered_input(struct pl_gathered *gathered, const char *path,
				   uint32_t *ret) PL_MUST_CHECK;

/* Marks what UNIT has as wanted. */
void pl_gathered_want(struct pl_gathered *gathered, const struct pl_gathered_unit *unit);

/* Adds what is wanted to the usage of TARGET: each access once, in order. */
struct pl_error *pl_gathered_finish(const struct pl_gathered *gathered,
				    struct pl_target *target) PL_MUST_CHECK;

#endif
