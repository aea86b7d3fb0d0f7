/* SPDX-License-Identifier: MIT */
/*
 * Scans units, one after the other, in one worker process: parses each with
 * libclang and walks what its functions do.
 *
 * What functions do goes out in bundles, one per function, that are named by
 * their content: what headers define is the same in every unit, and is sent
 * once.
 */
#ifndef PAGELAP_READ_USAGE_SCANNER_H
#define PAGELAP_READ_USAGE_SCANNER_H

#include "model/usage_rules.h"
#include "read/headers/clang_unit.h"
#include "read/units/units.h"
#include "read/usage/precompiled.h"
#include "support/digest.h"

/* What is the same for all units of a build. */
struct pl_scan_plan {
	const struct pl_roots *roots;
	const struct pl_usage_rules *rules;
	const char *host;
	const char *const *records; /* the host, and the overlays */
	size_t n_records;
	bool plain; /* no shortcut of any kind: every unit as its compiler sees it */
	const struct pl_precompiled *precompiled; /* the first of them; NULL: there is none */
};

/* How a unit is parsed, where it is not as its compiler does. */
struct pl_scan_manner {
	/* What is known of headers from other units with the same one is good for it; 0: nothing.
	 */
	uint64_t environment;
	const struct pl_precompiled *precompiled; /* what is part of it; NULL: nothing is */
	uint64_t speaks; /* bits: shortcuts of the rules that are not for it, whatever is in it */
};

struct pl_scanner;

/* A new scanner for PLAN, which must outlive it, in an arena of its own. */
struct pl_error *pl_scanner_new(const struct pl_scan_plan *plan,
				struct pl_scanner **ret) PL_MUST_CHECK;

void pl_scanner_free(struct pl_scanner *scanner);

/*
 * Scans UNIT in that MANNER, and appends to OUTPUT, as pl_wire does: whether what is
 * precompiled is part of it; why the compiler refuses it, or no text; how
 * many paths there must be no file at for this to hold, and each; how many bundles it has, and of
 * each the digest, the length and the bytes, or length 0 where the scanner has sent it before; how
 * many files it reads, and of each whether the C file includes it itself, and its path.
 * PL_ERROR_UNREADABLE says why the unit is lost for this time.
 */
struct pl_error *pl_scanner_scan(struct pl_scanner *scanner, const struct pl_code_unit *unit,
				 const struct pl_scan_manner *manner,
				 struct pl_strbuf *output) PL_MUST_CHECK;

/*
 * Compiles HEADERS with their flags, and writes what libclang makes of them to
 * the file FD, by way of the directory PLACE. Appends to OUTPUT what pl_scanner_scan() would,
 * then how many functions return the address of a field, and of each its name,
 * the record and the field. PL_ERROR_UNREADABLE where they do not compile.
 */
struct pl_error *pl_scanner_precompile(struct pl_scanner *scanner,
				       const struct pl_precompiled *headers, const char *place,
				       int fd, struct pl_strbuf *output) PL_MUST_CHECK;

#endif
