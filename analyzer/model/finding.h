/* SPDX-License-Identifier: MIT */
/*
 * A finding: one rule broken at one place of one target, and the same finding
 * on several targets as one. Plain data.
 */
#ifndef PAGELAP_MODEL_FINDING_H
#define PAGELAP_MODEL_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/access.h"
#include "model/overlay.h"

enum pl_severity {
	PL_SEVERITY_NONE, /* as a threshold: nothing gates */
	PL_SEVERITY_INFO,
	PL_SEVERITY_WARNING,
	PL_SEVERITY_ERROR,
	PL_SEVERITY_COUNT
};

/* Who says so. What reading finds is kept with a saved target; checking finds it anew. */
enum pl_finding_origin { PL_ORIGIN_READING, PL_ORIGIN_CHECKING };

/* What became of it. Only an open finding gates. */
enum pl_finding_state {
	PL_FINDING_OPEN,
	PL_FINDING_SUPPRESSED, /* accepted, for a reason */
	PL_FINDING_KNOWN,      /* the baseline has it already */
	PL_FINDING_STATE_COUNT
};

/* A place in code that a finding rests on. */
struct pl_evidence {
	const char *what; /* "writes ptdesc.pt_index" */
	struct pl_spot spot;
};

struct pl_finding {
	const char *rule;
	enum pl_severity severity;
	enum pl_finding_origin origin;
	const char *overlay, *member, *host_field; /* NULL where it is about none */
	struct pl_bit_range range;		   /* the host's bits it is about; size 0: none */
	struct pl_place place;	    /* declaration of the member, else of the overlay */
	struct pl_place host_place; /* declaration of the host field */
	const char *message;
	const struct pl_evidence *evidence; /* in the order of accesses; none unless about code */
	size_t n_evidence;
	const char *fingerprint; /* rule, overlay, member, host field: never a line number */
	enum pl_finding_state state;
	const char *reason; /* of a suppressed one */
};

/* One way in which a finding shows. */
struct pl_occurrence {
	const struct pl_finding *finding; /* the first target's */
	size_t *targets;		  /* indices into the report's targets, ascending */
	size_t n_targets;
};

/* Findings of one fingerprint and severity. */
struct pl_merged_finding {
	struct pl_occurrence *occurrences; /* by their first target; one at least */
	size_t n_occurrences;
};

/* More rules than any rule pack has: each is looked for among all. */
enum { PL_MAX_RULES = 4096 };

/* What a finding's rule is about. */
struct pl_rule_info {
	const char *id;
	const char *title;
	const char *why;
	const char *fix;   /* what would make it right; NULL where that is not known */
	const char *since; /* releases and commits; NULL where not known */
	enum pl_severity severity;
};

/* "error", "warning", "info", "none". */
const char *pl_severity_name(enum pl_severity severity);

/* The severity called NAME into *RET; false if there is none. */
bool pl_severity_parse(const char *name, enum pl_severity *ret);

/* "open", "suppressed", "known". */
const char *pl_finding_state_name(enum pl_finding_state state);

/* The state called NAME into *RET; false if there is none. */
bool pl_finding_state_parse(const char *name, enum pl_finding_state *ret);

/* "reading", "checking". */
const char *pl_finding_origin_name(enum pl_finding_origin origin);

/* The origin called NAME into *RET; false if there is none. */
bool pl_finding_origin_parse(const char *name, enum pl_finding_origin *ret);

/* Room for what pl_write_bits() writes, with its end. */
enum { PL_BITS_TEXT = 128 };

/*
 * Writes the bits of RANGE, which has some, as every message has them, its page
 * left out: "bytes 8-15", "byte 4, bits 3-7" or "byte 4 bit 7 to byte 5 bit 0",
 * in memory order.
 */
void pl_write_bits(char text[PL_BITS_TEXT], const struct pl_bit_range *range);

#endif
