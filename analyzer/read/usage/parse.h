/* SPDX-License-Identifier: MIT */
/* A unit, parsed by libclang with or without the shortcuts that make it fast. */
#ifndef PAGELAP_READ_USAGE_PARSE_H
#define PAGELAP_READ_USAGE_PARSE_H

#include "model/usage_rules.h"
#include "read/usage/files.h"
#include "read/usage/headers_seen.h"
#include "read/usage/missing.h"
#include "read/usage/precompiled.h"

/* How a unit is parsed. */
struct pl_parse_request {
	const struct pl_clang *clang;
	struct pl_arena *arena; /* of the unit */
	const char *file;
	const struct pl_words *flags;
	const struct pl_usage_rules *rules;	  /* whose shortcuts are taken; NULL: none are */
	struct pl_seen_headers *headers;	  /* those that are blanked; NULL: none are, ever */
	const struct pl_precompiled *precompiled; /* NULL: there is none */
	uint64_t speaks;  /* bits: shortcuts that its flags or own headers speak against */
	const char *text; /* of the file; NULL: what is in it */
	unsigned options; /* CXTranslationUnit_... */
};

struct pl_parsed {
	CXIndex index;
	CXTranslationUnit unit;
	bool precompiled; /* what was compiled before is part of the unit, and not shown */
};

/*
 * Parses a unit. Release RET with pl_parsed_release(), also after an error.
 * PL_ERROR_UNREADABLE where libclang gives nothing at all.
 */
struct pl_error *pl_parse(const struct pl_parse_request *request,
			  struct pl_parsed *ret) PL_MUST_CHECK;

/*
 * The first error that the compiler has to tell, with file and line: with one
 * in it, libclang shows less than there is, and does not say what is missing.
 * A file that is included and not found goes into *MISSING, which is else NULL.
 */
struct pl_error *pl_parse_check(struct pl_code_files *files,
				struct pl_missing *missing) PL_MUST_CHECK;

void pl_parsed_release(const struct pl_clang *clang, struct pl_parsed *parsed);

#endif
