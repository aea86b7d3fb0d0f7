/* SPDX-License-Identifier: MIT */
/* Static assertions as the compiler sees them, whatever macro wrote them. */
#ifndef PAGELAP_READ_HEADERS_ASSERTION_H
#define PAGELAP_READ_HEADERS_ASSERTION_H

#include "model/pin.h"
#include "read/headers/clang_expr.h"

/* One condition; an assertion of several that are joined by && is several. */
struct pl_assertion {
	struct pl_term left, right;
	const char *
	operator;	  /* "==", "<=", ...; "%": left is a multiple of right; "": none of these */
	const char *text; /* of the last, the expression as the compiler prints it */
	bool holds;
	struct pl_place place;
};

struct pl_assertions {
	struct pl_assertion *list; /* in the order of the source */
	size_t count, capacity;
};

/* Adds what the static assertion CURSOR says to RET, unless no record is named in it. */
struct pl_error *pl_assertion_read(const struct pl_unit *unit, CXCursor cursor,
				   struct pl_assertions *ret) PL_MUST_CHECK;

/* What ASSERTION says of HOST and an overlay of it; strings of the unit's arena. */
struct pl_error *pl_assertion_pin(const struct pl_unit *unit, const struct pl_assertion *assertion,
				  const char *host, struct pl_pin *ret) PL_MUST_CHECK;

/*
 * The term by which ASSERTION says that some record lies over HOST: one of its
 * members is at the place of one of the host's, or it may be no larger than
 * the host, or than what is before some member of it. NULL if it says no such thing.
 */
const struct pl_term *pl_assertion_overlay(const struct pl_assertion *assertion, const char *host);

/* How many hosts ASSERTION lets that record lie over, from 1 to PL_MOST_PAGES. */
size_t pl_assertion_pages(const struct pl_assertion *assertion, const char *host);

#endif
