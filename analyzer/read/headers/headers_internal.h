/* SPDX-License-Identifier: MIT */
/* What reading a tree goes through: shared by the steps, owned by headers_read.c. */
#ifndef PAGELAP_READ_HEADERS_HEADERS_INTERNAL_H
#define PAGELAP_READ_HEADERS_HEADERS_INTERNAL_H

#include "read/headers/unit_read.h"
#include "read/kbuild/kbuild.h"
#include "read/read.h"
#include "read/scan/scan.h"

/* A record that is asked for, or that an assertion has shown to be an overlay. */
struct pl_headers_record {
	const char *name;
	bool discovered;
	size_t pages; /* hosts that assertions let it have, at least 1; of a discovered one */
	struct pl_record *record; /* in the target's arena; NULL: not found so far */
};

struct pl_headers {
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_arena *scratch;
	const struct pl_clang *clang;
	struct pl_kbuild kbuild;
	struct pl_roots roots;
	struct pl_scan scan;
	struct pl_headers_record *records; /* those asked for first */
	size_t n_records, records_capacity;
	struct pl_pin *pins; /* of all units so far, each once */
	size_t n_pins, pins_capacity;
	struct pl_constant *constants;	  /* those of the request */
	struct pl_unit_failure *failures; /* of all units so far, each once */
	size_t n_failures, failures_capacity;
};

/* Takes what UNIT says into the lists of HEADERS: assertions, new overlays, records. */
struct pl_error *pl_headers_take_unit(struct pl_headers *headers, const struct pl_unit *unit,
				      struct pl_unit_contents *contents) PL_MUST_CHECK;

/* Gives pins, findings about them, constants, overlays and candidates to the target. */
struct pl_error *pl_headers_finish(struct pl_headers *headers) PL_MUST_CHECK;

#endif
