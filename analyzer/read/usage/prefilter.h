/* SPDX-License-Identifier: MIT */
/*
 * Which units need no parsing: they, and the headers that are only theirs, have
 * no word that could be a use of a field. A header that only such units include
 * and that has one brings in one of them.
 */
#ifndef PAGELAP_READ_USAGE_PREFILTER_H
#define PAGELAP_READ_USAGE_PREFILTER_H

#include "model/target.h"
#include "read/units/units.h"
#include "read/usage/text_facts.h"

struct pl_prefilter {
	struct pl_arena *arena; /* set this */
	struct pl_text_words words;
	struct pl_text_body *bodies;
	struct pl_idmap files;	  /* by hash of the path */
	struct pl_idmap resolved; /* what a name means where it is included, by hash of all that */
	struct pl_idmap nowhere;  /* the same of names that mean nothing there */
	struct pl_words absent;	  /* paths at which those were looked for */
	struct pl_words read;	  /* files that were read */
	struct pl_prefilter_file **list;
	size_t n_list, capacity, visits;
};

/* Reads the C files of the COUNT units numbered by WHICH, and all that they may include. */
struct pl_error *pl_prefilter_read(struct pl_prefilter *prefilter, const struct pl_target *target,
				   const struct pl_code_units *units, const size_t *which,
				   size_t count) PL_MUST_CHECK;

/* Whether UNIT, which was read, may use a field, going by its own text. */
bool pl_prefilter_wants(struct pl_prefilter *prefilter, const struct pl_code_unit *unit);

/* Notes that the header at PATH is part of a unit that was parsed. */
void pl_prefilter_cover(struct pl_prefilter *prefilter, const char *path);

/*
 * Whether UNIT may include a header that could use a field, and is part of no
 * unit that was parsed. Those that it has are then taken for covered.
 */
bool pl_prefilter_brings(struct pl_prefilter *prefilter, const struct pl_code_unit *unit);

#endif
