/* SPDX-License-Identifier: MIT */
/* What the scan looks for in the tokens of one file; each kind has a file of its own. */
#ifndef PAGELAP_READ_SCAN_SCAN_INTERNAL_H
#define PAGELAP_READ_SCAN_SCAN_INTERNAL_H

#include "read/scan/lexer.h"
#include "read/scan/scan.h"

/* One look through a tree, or at a file. */
struct pl_scanner {
	struct pl_arena *arena; /* of the results */
	const struct pl_scan_request *request;
	struct pl_scan *ret;
	const char *path;      /* the file that is looked at */
	struct pl_lexed lexed; /* its tokens */
	/* Of headers: macros that assert something of the host wherever they are called. */
	const char **macros;
	size_t n_macros, macros_capacity;
};

/* Whether the token at INDEX is the tag of the host, after its struct or union word. */
static inline bool pl_host_at(const struct pl_scanner *scanner, size_t index)
{
	return pl_kind_at(&scanner->lexed, index) == PL_TOKEN_HOST &&
	       pl_kind_at(&scanner->lexed, index - 1) ==
		       (scanner->request->host_is_union ? PL_TOKEN_UNION : PL_TOKEN_STRUCT);
}

/* A record as the tokens name it. */
struct pl_sighting {
	uint32_t symbol, line;
	bool is_union;
};

/* Takes down that the file may assert something of the host. */
struct pl_error *pl_scan_add_asserting(struct pl_scanner *scanner) PL_MUST_CHECK;

/* Takes down that the file has a candidate. The host itself is none, and passed over. */
struct pl_error *pl_scan_found(struct pl_scanner *scanner, enum pl_candidate_how how,
			       const struct pl_sighting *sighting) PL_MUST_CHECK;

/* Sorts what was found, and counts what was found several times. */
void pl_scan_settle(struct pl_scan *scan);

/* Whether the file may assert something of the host at file scope. */
bool pl_scan_asserts(struct pl_scanner *scanner);

/* Takes down the macros of the file that assert something of the host, and are there at its end. */
struct pl_error *pl_scan_macros(struct pl_scanner *scanner) PL_MUST_CHECK;

/* Whether the file may do so if the macros that were taken down are known in it. */
struct pl_error *pl_scan_asserts_by_macro(struct pl_scanner *scanner, bool *ret) PL_MUST_CHECK;

/* Finds the unions that hold a host beside other members. */
struct pl_error *pl_scan_unions(struct pl_scanner *scanner) PL_MUST_CHECK;

/* Finds the records whose pointers are converted to or from those to the host. */
struct pl_error *pl_scan_casts(struct pl_scanner *scanner) PL_MUST_CHECK;

#endif
