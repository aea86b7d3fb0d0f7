/* SPDX-License-Identifier: MIT */
/* Reads a configured kernel tree with libclang: records, and what the source asserts of them. */
#ifndef PAGELAP_READ_HEADERS_HEADERS_READ_H
#define PAGELAP_READ_HEADERS_HEADERS_READ_H

#include "read/read.h"

/*
 * Reads the tree at request->path into TARGET, which has no name yet and gets
 * one that is free in REPORT. Besides the records of the request, those that
 * an assertion says to be overlays of request->host are read, and listed as
 * discovered. Findings: assertions that do not hold (ASSERTION), files whose
 * assertions could not be read (ASSERTIONS-UNREAD), a configuration that
 * randomises layouts (LAYOUT-RANDOMISED).
 *
 * PL_ERROR_UNREADABLE if the tree is not configured, does not compile, or the
 * compiler's layout cannot be the kernel's; the message names file and line.
 */
struct pl_error *pl_headers_read(const struct pl_read_request *request,
				 const struct pl_report *report,
				 struct pl_target *target) PL_MUST_CHECK;

#endif
