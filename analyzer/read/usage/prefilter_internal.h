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
	bool covered;		     /* it is part of a unit that was parsed */
	size_t visit, owner, search; /* the last walks that came by, of their kinds */
	bool looked_again;
};

/* The file at PATH, if it was read; else NULL. */
struct pl_prefilter_file *pl_prefilter_file(const struct pl_prefilter *prefilter, const char *path);

/* The next file that is read for UNIT, its C file first: begin with *INDEX 0; NULL: no more. */
struct pl_prefilter_file *pl_prefilter_root(const struct pl_prefilter *prefilter,
					    const struct pl_code_unit *unit, size_t *index);

#endif
