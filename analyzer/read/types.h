/* SPDX-License-Identifier: MIT */
/*
 * The type graph: what every reader makes of its own format's types, so that
 * flattening and the spelling of types exist once. A reader makes nodes in an
 * arena and links them; a record reached by value needs its members, one that
 * is only pointed at needs no more than its name. Cycles through pointers are
 * normal. A broken source can also make cycles without a pointer or endless
 * chains: whoever walks the graph bounds the depth by PL_TYPE_DEPTH.
 */
#ifndef PAGELAP_READ_TYPES_H
#define PAGELAP_READ_TYPES_H

#include "model/record.h"
#include "support/arena.h"
#include "support/strbuf.h"

/* Deeper nesting than any kernel has (7.2 has 11 on the way to a spinlock's byte). */
enum { PL_TYPE_DEPTH = 64 };

enum pl_type_kind {
	PL_TYPE_VOID,
	PL_TYPE_BASE, /* integers, characters, booleans */
	PL_TYPE_FLOAT,
	PL_TYPE_ENUM,
	PL_TYPE_POINTER,
	PL_TYPE_ARRAY,
	PL_TYPE_STRUCT,
	PL_TYPE_UNION,
	PL_TYPE_FUNCTION,
	PL_TYPE_TYPEDEF,
	PL_TYPE_CONST,
	PL_TYPE_VOLATILE,
	PL_TYPE_RESTRICT,
	PL_TYPE_ATOMIC,
};

struct pl_type;

struct pl_type_member {
	const char *name; /* NULL or "" if it has none */
	const struct pl_type *type;
	uint64_t offset; /* bits from the start of the record, memory order */
	uint64_t size;	 /* bits, for a bit field only */
	bool bit_field;
	struct pl_place place;
};

struct pl_type {
	enum pl_type_kind kind;
	const char *name;	  /* NULL if it has none */
	uint64_t size;		  /* bits; of an array 0, or what the source says it takes */
	uint64_t align;		  /* bits; 0 where the source does not say */
	const struct pl_type *to; /* pointee, element, return type, aliased type; NULL is void */
	uint64_t count;		  /* of array elements */
	bool unbounded;		  /* a flexible array */
	bool complete;		  /* a record whose members are known */
	struct pl_type_member *members;
	size_t n_members;
	const struct pl_type **parameters; /* of a function; NULL stands for "..." */
	size_t n_parameters;
	struct pl_place place;
};

/* TYPE without typedefs and qualifiers; NULL for void, or for a chain past PL_TYPE_DEPTH. */
const struct pl_type *pl_type_strip(const struct pl_type *type);

/* The size of TYPE in bits into *RET; an error, as of a member, when it cannot be told or does not
 * fit. */
struct pl_error *pl_type_size(const struct pl_type *type, uint64_t *ret) PL_MUST_CHECK;

/* Appends TYPE spelled as in C: "struct list_head *", "void (*)(struct callback_head *)". */
void pl_type_spell(const struct pl_type *type, struct pl_strbuf *buffer);

#endif
