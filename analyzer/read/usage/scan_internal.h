/* SPDX-License-Identifier: MIT */
/* The parts of a scanner. */
#ifndef PAGELAP_READ_USAGE_SCAN_INTERNAL_H
#define PAGELAP_READ_USAGE_SCAN_INTERNAL_H

#include "read/usage/parse.h"
#include "read/usage/scanner.h"
#include "read/usage/walk.h"

struct pl_scanner {
	struct pl_arena *arena;
	const struct pl_scan_plan *plan;
	const struct pl_clang *clang;
	struct pl_callees callees;
	struct pl_idmap headers; /* struct pl_seen_headers, by environment */
	struct pl_idmap sent;	 /* bundles, by digest */
};

/* The scan of one unit. */
struct pl_scan {
	struct pl_scanner *scanner;
	struct pl_seen_headers *seen; /* NULL: nothing is remembered of it or left out */
	bool is_text;		      /* there is no such file */
	struct pl_arena *arena;	      /* goes with the unit */
	struct pl_parsed parsed;
	struct pl_interest interest;
	struct pl_code_files files;
	struct pl_walk walk;
	struct pl_strbuf sending; /* digests and bytes of the bundles, as they go out */
	size_t n_bundles;
	struct pl_digest *news; /* those that the scanner has not sent before */
	size_t n_news, news_capacity;
	struct pl_error *error;
	bool refused; /* the compiler has refused the unit */
	struct pl_missing missing;
};

/* What is remembered of headers in ENVIRONMENT; made where there is nothing. */
struct pl_error *pl_scanner_headers(struct pl_scanner *scanner, uint64_t environment,
				    struct pl_seen_headers **ret) PL_MUST_CHECK;

/* Walks all functions of the unit that is parsed, and puts their bundles into scan->sending. */
struct pl_error *pl_scan_functions(struct pl_scan *scan) PL_MUST_CHECK;

/* Begins a scan that parses as REQUEST says, whose clang and arena are set here. Release SCAN
 * with pl_scan_release(), also after an error. */
struct pl_error *pl_scan_begin(struct pl_scan *scan, struct pl_scanner *scanner,
			       const struct pl_parse_request *request) PL_MUST_CHECK;

/* Appends what the scan has found to OUTPUT; see pl_scanner_scan(). */
struct pl_error *pl_scan_put(struct pl_scan *scan, struct pl_strbuf *output) PL_MUST_CHECK;

/* Appends that the scan has found nothing for REASON, as long as nothing appears at ABSENT. */
void pl_scan_put_lost(struct pl_scan *scan, const char *reason, const struct pl_words *absent,
		      struct pl_strbuf *output);

void pl_scan_release(struct pl_scan *scan);

#endif
