/* SPDX-License-Identifier: MIT */
/*
 * What the source itself asserts of its overlays, and which other records its
 * code takes for the host. Plain data in the target's arena.
 */
#ifndef PAGELAP_MODEL_PIN_H
#define PAGELAP_MODEL_PIN_H

#include "model/record.h"

enum pl_pin_kind {
	PL_PIN_OFFSET,	  /* a host field and a member are at the same place */
	PL_PIN_SIZE,	  /* how large a record may be */
	PL_PIN_ALIGNMENT, /* what a record, or a member in it, is aligned to */
	PL_PIN_OTHER,	  /* anything else that is asserted of the host or an overlay */
	PL_PIN_KIND_COUNT
};

/* One file-scope assertion about the host or an overlay of it. */
struct pl_pin {
	enum pl_pin_kind kind;
	const char *overlay;	/* the record that is not the host; NULL: only the host is named */
	const char *member;	/* path in the overlay; NULL where none is named */
	const char *host_field; /* path in the host; NULL where none is named */
	size_t page;		/* host position of host_field */
	/* As read, without macros: "offsetof(page, lru) == offsetof(slab, slab_list)". */
	const char *expression;
	bool known; /* whether left and right are */
	int64_t left,
		right; /* the values of both sides, in bytes where they are offsets or sizes */
	bool holds;
	struct pl_place place;
};

enum pl_candidate_how {
	PL_CANDIDATE_UNION, /* a union that holds a host beside other members */
	PL_CANDIDATE_CAST,  /* a pointer to it is converted to or from one to the host */
	PL_CANDIDATE_HOW_COUNT
};

/* A record that may be an overlay, though no assertion says so. */
struct pl_candidate {
	const char *record; /* without struct or union */
	bool is_union;
	enum pl_candidate_how how;
	struct pl_place place; /* the first one */
	size_t places;	       /* how many there are */
};

/* Names used in reports, and back: false if there is none. */
const char *pl_pin_kind_name(enum pl_pin_kind kind);
bool pl_pin_kind_parse(const char *name, enum pl_pin_kind *ret);

/*
 * How the expression of PIN compares: "==", "!=", "<=", ">=", "<" or ">"; ""
 * unless it has just one comparison that stands in no parentheses.
 */
const char *pl_pin_comparison(const struct pl_pin *pin);

const char *pl_candidate_how_name(enum pl_candidate_how how);
bool pl_candidate_how_parse(const char *name, enum pl_candidate_how *ret);

#endif
