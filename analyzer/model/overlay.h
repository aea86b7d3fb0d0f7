/* SPDX-License-Identifier: MIT */
/*
 * What the map says of a target: which bits of the host each overlay touches.
 * Plain data in the target's arena, written by map/ and read by reporters.
 * Offsets count bits from the start of the host page position they name.
 */
#ifndef PAGELAP_MODEL_OVERLAY_H
#define PAGELAP_MODEL_OVERLAY_H

#include "model/record.h"

enum { PL_MOST_PAGES = 64 }; /* that an overlay may cover */

/* An overlay to look for, and how many consecutive hosts it may cover at the most. */
struct pl_wanted_overlay {
	const char *name;
	size_t pages;
};

/* How an overlay's member lies on a host field. */
enum pl_relation {
	PL_RELATION_PINNED,   /* the same bits, and an assertion in the source says so */
	PL_RELATION_ALIGNED,  /* the same bits */
	PL_RELATION_PARTIAL,  /* leaves part of the host field uncovered */
	PL_RELATION_SPANNING, /* covers the whole host field and more */
	PL_RELATION_BEYOND,   /* past the end of the last host position */
	PL_RELATION_PAD,      /* the member is padding or a placeholder */
	PL_RELATION_COUNT
};

/* A stretch of bits of one host position. */
struct pl_bit_range {
	size_t page; /* which host position: 0 is the first */
	uint64_t offset, size;
};

struct pl_touch {
	const struct pl_field *host_field; /* NULL when the relation is beyond */
	enum pl_relation relation;
	struct pl_bit_range range; /* the bits both have; for beyond, counted from the last page */
};

/* One leaf of the overlay. */
struct pl_member {
	const struct pl_field *field; /* of the overlay's record */
	struct pl_bit_range range;    /* where it starts, and its whole size */
	struct pl_touch *touches;     /* by page, then in the order of the host's fields */
	size_t n_touches;
	bool pinned; /* an assertion that holds says where it is, from a host field on */
};

enum pl_unused_why {
	PL_UNUSED_HOLE, /* between or after the members of an alternative */
	PL_UNUSED_PAD,	/* a named padding or placeholder member */
	PL_UNUSED_TAIL, /* past the end of the overlay, up to the end of its last host */
	PL_UNUSED_WHY_COUNT
};

/* Bits that an overlay does not use, as long as the alternatives in `branches` are the live ones.
 */
struct pl_unused {
	struct pl_bit_range range;
	enum pl_unused_why why;
	const struct pl_field *pad;	  /* the pad member, otherwise NULL */
	const struct pl_branch *branches; /* outermost union first; none: in every alternative */
	size_t n_branches;
};

enum pl_idle_why {
	PL_IDLE_UNTOUCHED, /* neither read nor written */
	PL_IDLE_UNREAD,	   /* written, and never read */
	PL_IDLE_UNWRITTEN, /* read, and never written */
	PL_IDLE_WHY_COUNT
};

/*
 * A member that the code of a whole build does not make full use of, by its
 * name: what reaches the same bits through another record counts for that one.
 */
struct pl_idle {
	const struct pl_field *field;
	struct pl_bit_range range; /* where it starts, and its whole size */
	enum pl_idle_why why;
};

struct pl_overlay {
	const struct pl_record *record;
	bool discovered;	   /* by an assertion: no rule pack or user named it */
	size_t pages;		   /* how many consecutive hosts it lies over */
	struct pl_member *members; /* in the order of declaration */
	size_t n_members;
	struct pl_unused *unused; /* by page, offset, then branches */
	size_t n_unused;
	/* On which no alternative has a member, not even padding; by page, offset. */
	struct pl_bit_range *free;
	size_t n_free;
	struct pl_idle *idle; /* in the order of declaration; none where usage is not known */
	size_t n_idle;
	size_t used;   /* members that are not padding: what assertions could pin */
	size_t pinned; /* how many of them some assertion pins; 0 if the target has no pins */
};

/* A member on a stretch of the byte map. */
struct pl_user {
	const struct pl_overlay *overlay;
	const struct pl_field *field;
};

/* A run of host bytes with the same host fields and the same users. Whole bytes. */
struct pl_host_range {
	struct pl_bit_range range;
	const struct pl_field **host_fields;
	size_t n_host_fields;
	struct pl_user *users; /* padding members are no users */
	size_t n_users;
};

/* Names used in reports. */
const char *pl_relation_name(enum pl_relation relation);
const char *pl_unused_why_name(enum pl_unused_why why);
const char *pl_idle_why_name(enum pl_idle_why why);

#endif
