/* SPDX-License-Identifier: MIT */
/*
 * Functions that are called: what they do with what their arguments point to,
 * as the rules say it, and whether what they return is the address of a field,
 * as their bodies say it.
 */
#ifndef PAGELAP_READ_USAGE_CALLEES_H
#define PAGELAP_READ_USAGE_CALLEES_H

#include "model/usage_rules.h"
#include "support/idmap.h"

/* Arguments behind these are of no interest to any rule. */
enum { PL_CALLEE_ARGUMENTS = 8 };

/* A field whose address a function returns. */
struct pl_returned {
	const char *record, *field;
	bool is_own; /* the unit at hand says so, no header */
	struct pl_returned *next;
};

struct pl_callee {
	const char *name;
	const struct pl_effect *effects[PL_CALLEE_ARGUMENTS]; /* NULL: not known */
	const struct pl_effect *any;  /* as a macro: of all its arguments; NULL: not known */
	struct pl_returned *returned; /* NULL: none */
	struct pl_callee *next;	      /* of those that share a hash */
};

struct pl_callees {
	struct pl_arena *arena; /* of the worker */
	const struct pl_usage_rules *rules;
	struct pl_idmap by_name; /* set its arena */
	struct pl_callee **own;	 /* those of whose `returned` the unit at hand says some */
	size_t n_own, own_capacity;
	struct pl_callee **shared; /* those of whose `returned` headers say some */
	size_t n_shared, shared_capacity;
};

/* What is known of the function or macro called NAME. */
struct pl_error *pl_callees_find(struct pl_callees *callees, const char *name,
				 struct pl_callee **ret) PL_MUST_CHECK;

/* Notes that CALLEE returns the address of FIELD of RECORD, as a header or the unit at hand says.
 */
struct pl_error *pl_callees_returns(struct pl_callees *callees, struct pl_callee *callee,
				    const char *record, const char *field,
				    bool of_header) PL_MUST_CHECK;

/* Forgets what the unit at hand has said: another may have functions of the same names. */
void pl_callees_next_unit(struct pl_callees *callees);

#endif
