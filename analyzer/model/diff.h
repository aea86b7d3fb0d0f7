/* SPDX-License-Identifier: MIT */
/*
 * What differs between two reports, target by target. Plain data in an arena of
 * its own; names, types and findings are those of the reports, which have to
 * outlive it.
 */
#ifndef PAGELAP_MODEL_DIFF_H
#define PAGELAP_MODEL_DIFF_H

#include "model/report.h"

#define PL_DIFF_SCHEMA "pagelap-diff/1"

enum pl_change_kind {
	PL_CHANGE_TARGET_NEW,
	PL_CHANGE_TARGET_GONE,
	PL_CHANGE_OVERLAY_NEW,
	PL_CHANGE_OVERLAY_GONE,
	PL_CHANGE_SIZE,	     /* of a record */
	PL_CHANGE_ALIGNMENT, /* of a record */
	PL_CHANGE_MEMBER_NEW,
	PL_CHANGE_MEMBER_GONE,
	PL_CHANGE_MOVED,
	PL_CHANGE_RESIZED, /* of a member */
	PL_CHANGE_RENAMED, /* other name, same bytes */
	PL_CHANGE_RETYPED,
	PL_CHANGE_FREED, /* bits that some member used, and none does */
	PL_CHANGE_TAKEN, /* and the other way round */
	PL_CHANGE_PIN_NEW,
	PL_CHANGE_PIN_GONE,
	PL_CHANGE_FINDING_NEW,
	PL_CHANGE_FINDING_FIXED,
	PL_CHANGE_KIND_COUNT
};

/* What a member, a record or some bits were, or are. */
struct pl_change_side {
	const char *path;	   /* of the member; NULL: none */
	const char *type;	   /* NULL where it is about none */
	const char *host_field;	   /* that it is pinned to, or that alone is there; NULL: none */
	struct pl_bit_range range; /* of the host; of a record its size */
	uint64_t align; /* of a record that is aligned to something else, bits; 0: of all others */
	bool padding;
};

struct pl_change {
	enum pl_change_kind kind;
	const char *record; /* host or overlay; NULL: of a target, or a finding about none */
	/* One of them is empty where something is new or gone. */
	struct pl_change_side old, new;
	const struct pl_overlay
		*overlay; /* of a new or gone one, and of a record as a whole; NULL: the host */
	const struct pl_pin *pin;	  /* of a new or gone one */
	const struct pl_finding *finding; /* of a new or fixed one */
	const char **members;		  /* of freed or taken bits: whose they were, or are */
	size_t n_members;
};

/* What only one side has been asked for, or can have seen. */
struct pl_uncompared {
	const char *topic; /* "overlay", or see model/topic.h: findings that follow from it, too */
	const char *overlay; /* NULL for the others */
	const char *why;     /* as in "it WHY", "they WHY" */
};

struct pl_diff_target {
	const struct pl_target *old, *new; /* one is NULL where the target is gone or new */
	struct pl_change *changes;	   /* the host's, then overlay by overlay, then findings */
	size_t n_changes, changes_capacity;
	struct pl_uncompared *uncompared;
	size_t n_uncompared, uncompared_capacity;
};

struct pl_diff {
	struct pl_arena *arena;
	const struct pl_report *old, *new;
	struct pl_diff_target *targets; /* in the order of the new report, then those gone */
	size_t n_targets;
	unsigned ignored;		     /* bits 1 << kind: not asked for */
	size_t counts[PL_CHANGE_KIND_COUNT]; /* ignored ones too */
};

enum pl_diff_verdict { PL_DIFF_SAME, PL_DIFF_DIFFERENT, PL_DIFF_COULD_NOT_TELL };

/* Without any change, failures of a report or its lack of targets count. */
enum pl_diff_verdict pl_diff_verdict(const struct pl_diff *diff);

/* Frees DIFF; NULL is allowed. The second fits PL_CLEANUP. */
void pl_diff_free(struct pl_diff *diff);
void pl_diff_cleanup(struct pl_diff **diff);

/* "same", "different", "could-not-tell". */
const char *pl_diff_verdict_name(enum pl_diff_verdict verdict);

/* "member-new", "renamed" ... */
const char *pl_change_kind_name(enum pl_change_kind kind);

/*
 * The kinds called NAME as bits 1 << kind, into *RET: one, or a family ("pin"
 * for new and gone ones); false if there is none.
 */
bool pl_change_kinds_parse(const char *name, unsigned *ret);

#endif
