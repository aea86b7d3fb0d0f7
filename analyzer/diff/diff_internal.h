/* SPDX-License-Identifier: MIT */
/* The steps of the comparison of one target with its earlier self. */
#ifndef PAGELAP_DIFF_DIFF_INTERNAL_H
#define PAGELAP_DIFF_DIFF_INTERNAL_H

#include "diff/diff.h"
#include "model/topic.h"
#include "support/strbuf.h"

/* A member as a person names it: an outermost named record, or a leaf that is in none. */
struct pl_unit {
	const char *path, *type;
	uint64_t offset, size;		/* from the start of the record */
	const struct pl_field **fields; /* its leaves */
	size_t n_fields;
	bool padding;  /* all of them are */
	bool in_union; /* another member may have its bytes */
	bool matched;  /* the other side has one of that name */
};

/* One side of one record: an overlay, or the host. */
struct pl_diff_record {
	const struct pl_target *target;
	const struct pl_record *record;
	const struct pl_overlay *overlay; /* NULL: the host */
	struct pl_unit *units;		  /* in the order of declaration */
	size_t n_units;
};

/* A member that has another name now. */
struct pl_rename {
	const char *record, *old, *new;
};

struct pl_differ {
	struct pl_diff *diff;
	const struct pl_pack *pack;
	struct pl_diff_target *target;
	unsigned one_sided; /* topics that only one side was read for */
	struct pl_rename *renames;
	size_t n_renames, renames_capacity;
};

/* What is compared of RECORD, which is OVERLAY's or, if that is NULL, the host: without copies of
 * the host. */
struct pl_error *pl_diff_record(struct pl_arena *arena, const struct pl_target *target,
				const struct pl_overlay *overlay,
				struct pl_diff_record *ret) PL_MUST_CHECK;

/* Each leaf of UNIT as a unit of its own. */
struct pl_error *pl_diff_leaves(struct pl_arena *arena, const struct pl_unit *unit,
				struct pl_unit **ret) PL_MUST_CHECK;

/* Whether two types are one, however the compilers spell it: "long unsigned int". */
bool pl_diff_same_type(const char *a, const char *b);

/* Which words OLD and NEW have in common, as the length of all of them; RECORD's name is none. */
size_t pl_diff_common_words(const char *old, const char *new, const char *record);

/* Adds CHANGE, unless its kind is ignored. */
struct pl_error *pl_diff_add(struct pl_differ *d, const struct pl_change *change) PL_MUST_CHECK;

/* Bits of the host that ITS has. */
uint64_t pl_diff_host_size(const struct pl_diff_record *its);

/*
 * SIZE bits at OFFSET from the start of ITS, from the host position where they
 * begin; what begins past the last one is counted from there.
 */
struct pl_bit_range pl_diff_range(const struct pl_diff_record *its, uint64_t offset, uint64_t size);

/* UNIT of ITS as one side of a change. */
struct pl_change_side pl_diff_side(const struct pl_diff_record *its, const struct pl_unit *unit);

/* Compares members; notes those with another name. */
struct pl_error *pl_diff_members(struct pl_differ *d, struct pl_diff_record *old,
				 struct pl_diff_record *new) PL_MUST_CHECK;

/* Compares which bits are used. */
struct pl_error *pl_diff_bits(struct pl_differ *d, const struct pl_diff_record *old,
			      const struct pl_diff_record *new) PL_MUST_CHECK;

/* Compares what assertions say of RECORD, an overlay or the host. */
struct pl_error *pl_diff_pins(struct pl_differ *d, const char *record) PL_MUST_CHECK;

/* Compares the findings of both targets. */
struct pl_error *pl_diff_findings(struct pl_differ *d) PL_MUST_CHECK;

/* What PATH of the old RECORD is called now, in the arena; both may be NULL. */
struct pl_error *pl_diff_new_path(const struct pl_differ *d, const char *record, const char *path,
				  const char **ret) PL_MUST_CHECK;

/*
 * Whether A and B, either of which may be NULL, are one member, or one is in
 * the other: what was one word may be a record of one by now.
 */
bool pl_diff_same_path(const char *a, const char *b);

/* What an old pin or finding is about, as it is called now. */
struct pl_about_now {
	const char *member, *host_field;
};

/* Whether the overlay called NAME, which may be the only one, can be compared. */
bool pl_diff_is_compared(const struct pl_differ *d, const char *name);

/* Notes that TOPIC, of which one side knows nothing, is not compared. */
struct pl_error *pl_diff_note_topic(struct pl_differ *d, enum pl_topic topic) PL_MUST_CHECK;

#endif
