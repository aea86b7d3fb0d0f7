/* SPDX-License-Identifier: MIT */
/* What the parts of the prefilter know of files. */
#ifndef PAGELAP_READ_USAGE_PREFILTER_INTERNAL_H
#define PAGELAP_READ_USAGE_PREFILTER_INTERNAL_H

#include "read/usage/prefilter.h"

struct pl_prefilter_file {
	const char *path;
	struct pl_text_facts facts;
	struct pl_prefilter_file **includes; /* of facts.includes; NULL: that one is not found */
	struct pl_idmap mentions;	     /* names of macros that units define, by hash */
	struct pl_idmap tested;		     /* those of them that are in conditions */
	bool unreadable;
	bool is_unit;		     /* a C file that is compiled */
	bool is_directory;	     /* see pl_prefilter_offers() */
	bool covered;		     /* it is part of a unit that was parsed */
	size_t visit, owner, search; /* the last walks that came by, of their kinds */
	bool looked_again;
};

/* The file at PATH, if it was read; else NULL. */
struct pl_prefilter_file *pl_prefilter_file(const struct pl_prefilter *prefilter, const char *path);

/* The same, read when it is first asked for; what cannot be read has nothing in it. */
struct pl_error *pl_prefilter_open(struct pl_prefilter *prefilter, const char *path,
				   struct pl_prefilter_file **ret) PL_MUST_CHECK;

/* Finds what the files from number FIRST on include, and those in turn, as UNIT would. */
struct pl_error *pl_prefilter_follow(struct pl_prefilter *prefilter, size_t first,
				     const struct pl_code_unit *unit) PL_MUST_CHECK;

/*
 * Reads the headers that are asked for in angle brackets, and that are in
 * directories which not all of the units look in. Such a directory then counts
 * as a file that includes them.
 */
struct pl_error *pl_prefilter_offers(struct pl_prefilter *prefilter,
				     const struct pl_code_units *units, const size_t *which,
				     size_t count) PL_MUST_CHECK;

/*
 * The next file that UNIT begins with: its C file, those that its flags name,
 * and directories that not all look in. Begin with *INDEX 0; NULL: no more.
 */
struct pl_prefilter_file *pl_prefilter_root(const struct pl_prefilter *prefilter,
					    const struct pl_code_unit *unit, size_t *index);

#endif
