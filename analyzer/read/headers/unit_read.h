/* SPDX-License-Identifier: MIT */
/* One pass over the declarations of a translation unit: records, assertions, measurements,
 * constants. */
#ifndef PAGELAP_READ_HEADERS_UNIT_READ_H
#define PAGELAP_READ_HEADERS_UNIT_READ_H

#include "read/headers/assertion.h"
#include "read/headers/constant.h"

/* A record to find. */
struct pl_unit_record {
	const char *name;
	bool found;
	CXCursor cursor; /* its definition */
};

struct pl_unit_contents {
	struct pl_unit_record *records; /* the caller's: names to look for */
	size_t n_records;
	struct pl_assertions assertions; /* at file scope, that name a record */
	uint64_t *sizes; /* the caller's: lengths of PL_PROBE_SIZE arrays, 0: none */
	size_t n_sizes;
	unsigned endian;	       /* length of PL_PROBE_ENDIAN, 0 if there is none */
	struct pl_constant *constants; /* the caller's: by their indices */
	size_t n_constants;
};

struct pl_error *pl_unit_read(const struct pl_unit *unit,
			      struct pl_unit_contents *contents) PL_MUST_CHECK;

/* Whether the unit includes FILE, a path as seen from the roots. */
bool pl_unit_includes(const struct pl_unit *unit, const char *file);

#endif
