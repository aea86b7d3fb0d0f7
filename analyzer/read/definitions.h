/* SPDX-License-Identifier: MIT */
/*
 * The definitions that one source gives of the wanted records. A source may
 * hold many of one name, one per unit: the first is taken, and the others are
 * held against it. What differs becomes one finding per record.
 */
#ifndef PAGELAP_READ_DEFINITIONS_H
#define PAGELAP_READ_DEFINITIONS_H

#include "read/read.h"

struct pl_definition {
	struct pl_record *record; /* NULL: not found yet */
	const char *origin;	  /* of the first: a unit's name, a type's number; may be NULL */
	size_t count, different;
	const char *difference; /* the first one found, in words */
};

struct pl_definitions {
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_definition *list; /* per wanted record, in the target's arena */
};

struct pl_error *pl_definitions_init(struct pl_definitions *definitions,
				     const struct pl_read_request *request,
				     struct pl_target *target) PL_MUST_CHECK;

/* Whether the wanted record INDEX has been found. */
bool pl_definitions_known(const struct pl_definitions *definitions, size_t index);

/*
 * Adds a definition of the wanted record INDEX, found in ORIGIN (which may be
 * NULL). The first must live in the target's arena and is kept; of the others
 * nothing is.
 */
struct pl_error *pl_definitions_add(struct pl_definitions *definitions, size_t index,
				    struct pl_record *record, const char *origin) PL_MUST_CHECK;

/* Counts a definition of the wanted record INDEX that is just like the first. */
void pl_definitions_repeat(struct pl_definitions *definitions, size_t index);

/* Gives the records to the target, in the order of the request, and the findings. */
struct pl_error *pl_definitions_finish(struct pl_definitions *definitions) PL_MUST_CHECK;

#endif
