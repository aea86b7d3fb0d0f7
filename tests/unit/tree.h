/* SPDX-License-Identifier: MIT */
/* Random trees of records, and the type graph that says the same. */
#ifndef PAGELAP_TESTS_TREE_H
#define PAGELAP_TESTS_TREE_H

#include <stdbool.h>

#include "read/types.h"

enum node_kind { NODE_SCALAR, NODE_BITS, NODE_SCALARS, NODE_RECORD, NODE_RECORDS };

/* A member, or the record at the top. */
struct node {
	const char *name; /* NULL if it has none */
	enum node_kind kind;
	bool is_union;	       /* of records */
	bool pad, lock, list;  /* what its name says it is */
	uint64_t offset, size; /* bits, from the start of the record around; size is of all of it */
	size_t count;	       /* elements of an array */
	uint64_t element;      /* bits of one */
	struct node *members;  /* of records */
	size_t n_members;
	unsigned spelling; /* how many typedefs and qualifiers stand around its type */
};

/* A small generator whose numbers are the same everywhere (splitmix64). */
struct random {
	uint64_t state;
};

/* A number below LIMIT. */
uint64_t random_below(struct random *random, uint64_t limit);

/* A record of about BITS bits. */
struct node *tree_new(struct random *random, struct pl_arena *arena, uint64_t bits);

/* TREE as a type called NAME. */
const struct pl_type *tree_type(const struct node *tree, const char *name, struct pl_arena *arena);

#endif
