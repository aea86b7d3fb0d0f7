/* SPDX-License-Identifier: MIT */
/*
 * Which units need no parsing: they, and the headers that are only theirs, have
 * no word that could be a use of a field. A header that only such units include
 * and that has one brings in one of them.
 */
#ifndef PAGELAP_READ_USAGE_PREFILTER_H
#define PAGELAP_READ_USAGE_PREFILTER_H

#include "model/target.h"
#include "model/usage_rules.h"
#include "read/units/units.h"
#include "read/usage/precompiled.h"
#include "read/usage/text_facts.h"

/*
 * In which way a unit may see headers otherwise than others do: macros that its
 * flags, the C file and its own headers define, and that a header speaks of.
 */
struct pl_unit_setting {
	/*
	 * Units with the same one, which is not 0, see headers alike. 0: this one is alone,
	 * as the C file or a header of its own defines what a header speaks of.
	 */
	uint64_t environment;
	struct pl_prefilter_file **doubted; /* the headers that do, of a unit that is alone */
	size_t n_doubted, capacity;
	uint64_t speaks; /* bits: of which shortcuts the word is among its own macros */
	bool bears; /* it tests no macro of headers that are compiled and that it does not include
		     */
};

struct pl_prefilter {
	struct pl_arena *arena; /* set this */
	struct pl_text_words words;
	struct pl_text_body *bodies;
	struct pl_idmap files;	  /* by hash of the path */
	struct pl_idmap resolved; /* what a name means where it is included, by hash of all that */
	struct pl_idmap nowhere;  /* the same of names that mean nothing there */
	struct pl_idmap harmless; /* macros that change nothing of what code does, by hash */
	struct pl_idmap several;  /* macros that units define in more than one place */
	struct pl_idmap knowing;  /* which headers include which, as far as it was asked */
	struct pl_idmap covered;  /* by hash of a path and an environment: it was part of a unit */
	struct pl_idmap claims;	  /* the same: it was to be part of one */
	size_t round;		  /* of pl_prefilter_brings(), see there */
	struct pl_words absent;	  /* paths at which those were looked for */
	struct pl_words read;	  /* files that were read */
	struct pl_prefilter_file **list;
	size_t n_list, capacity;
	size_t visits, searches; /* how many walks there were over what is included */
};

/* Reads the C files of the COUNT units numbered by WHICH, and all that they may include. */
struct pl_error *pl_prefilter_read(struct pl_prefilter *prefilter, const struct pl_target *target,
				   const struct pl_usage_rules *rules,
				   const struct pl_code_units *units, const size_t *which,
				   size_t count) PL_MUST_CHECK;

/* Whether UNIT, which was read, may use a field, going by its own text. */
bool pl_prefilter_wants(struct pl_prefilter *prefilter, const struct pl_code_unit *unit);

/* The settings of the COUNT units numbered by WHICH, which were read, into those of RET. */
struct pl_error *pl_prefilter_settings(struct pl_prefilter *prefilter,
				       const struct pl_usage_rules *rules,
				       const struct pl_code_units *units, const size_t *which,
				       size_t count, struct pl_unit_setting *ret) PL_MUST_CHECK;

/* Which of UNITS bear the headers that are compiled for their environment, into SETTINGS. */
struct pl_error *pl_prefilter_bear(struct pl_prefilter *prefilter,
				   const struct pl_precompiled *precompiled,
				   const struct pl_code_units *units,
				   struct pl_unit_setting *settings) PL_MUST_CHECK;

/* Notes that the header at PATH is part of a unit with that environment, which was parsed. */
struct pl_error *pl_prefilter_cover(struct pl_prefilter *prefilter, const char *path,
				    uint64_t environment) PL_MUST_CHECK;

/*
 * Whether UNIT may include a header that could use a field, and is part of no
 * unit of the same environment that was parsed, or speaks of macros that are
 * this unit's alone. Those that it has are taken for covered in this round: the
 * next one begins when prefilter->round is another.
 */
struct pl_error *pl_prefilter_brings(struct pl_prefilter *prefilter,
				     const struct pl_code_unit *unit,
				     const struct pl_unit_setting *setting,
				     bool *ret) PL_MUST_CHECK;

#endif
