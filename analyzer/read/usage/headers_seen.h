/* SPDX-License-Identifier: MIT */
/*
 * What a scanner remembers of header files from one unit to the next: which of
 * their functions it has walked already, and what came of it; and the text of
 * each with the bodies of those functions blanked, which parses in a fraction
 * of the time. Newlines stay, so that every place in the file is where it was.
 *
 * Only functions that are the same in every unit are remembered: of files that
 * count once a unit, and with names that stand there in full, in units that
 * define no macros of their own which headers speak of. A body with a directive
 * of the preprocessor in it is left as it is, and walked each time.
 */
#ifndef PAGELAP_READ_USAGE_HEADERS_SEEN_H
#define PAGELAP_READ_USAGE_HEADERS_SEEN_H

#include <clang-c/Index.h>

#include "read/usage/files.h"
#include "support/digest.h"

struct pl_seen_function {
	const char *name;
	size_t offset;		 /* of the name */
	bool is_empty;		 /* it does nothing of interest */
	bool is_blank;		 /* the body is not there any more */
	struct pl_digest bundle; /* unless it is empty: what it does, and the bytes that say so */
	struct pl_bytes bytes;
	struct pl_seen_function *next;
};

struct pl_seen_header {
	const char *path;
	char *text; /* with blanked bodies; NULL: nothing is blanked in it */
	size_t size;
	struct pl_idmap functions;
	struct pl_seen_header *next; /* of those that share a hash */
};

struct pl_seen_headers {
	struct pl_arena *arena;	    /* of the scanner */
	struct pl_idmap by_path;    /* set its arena */
	struct CXUnsavedFile *list; /* those with a text, for libclang */
	size_t n_list, list_capacity;
};

/* What is remembered of FILE; made where there is nothing. */
struct pl_error *pl_seen_header(struct pl_seen_headers *headers, const struct pl_code_file *file,
				struct pl_seen_header **ret) PL_MUST_CHECK;

/* The function NAME whose name is at OFFSET, or NULL. */
struct pl_seen_function *pl_seen_function(const struct pl_seen_header *header, const char *name,
					  size_t offset);

/* Remembers FUNCTION; what it points to is copied. */
struct pl_error *pl_seen_add(struct pl_seen_headers *headers, struct pl_seen_header *header,
			     const struct pl_seen_function *function) PL_MUST_CHECK;

/*
 * Blanks the body of a function of HEADER, from the brace at BEGIN to the one
 * before END, if it is one and may be; whether it is blank into *RET. FILE has
 * the text as it was parsed.
 */
struct pl_error *pl_seen_blank(struct pl_seen_headers *headers, struct pl_seen_header *header,
			       const struct pl_code_file *file, size_t begin, size_t end,
			       bool *ret) PL_MUST_CHECK;

#endif
