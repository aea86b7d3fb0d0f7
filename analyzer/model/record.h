/* SPDX-License-Identifier: MIT */
/*
 * Records: structs and unions as a compiler laid them out, flattened into
 * their leaves. Plain data; everything hangs off the arena of the target that
 * owns it. All offsets count bits from the start of the record, in memory
 * order: on a big-endian target bit 0 is the most significant bit of byte 0.
 */
#ifndef PAGELAP_MODEL_RECORD_H
#define PAGELAP_MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "No index": the parent of a node at the top of a record. */
#define PL_NONE SIZE_MAX

enum pl_type_class {
	PL_CLASS_INTEGER,
	PL_CLASS_POINTER,
	PL_CLASS_ENUM,
	PL_CLASS_FLOAT,
	PL_CLASS_ARRAY,
	PL_CLASS_RECORD,
	/* The rest is said by a rule pack, which knows type and member names. */
	PL_CLASS_FLAG_WORD,
	PL_CLASS_ATOMIC,
	PL_CLASS_LOCK,
	PL_CLASS_LIST,
	PL_CLASS_RCU_HEAD,
	PL_CLASS_PADDING,
	PL_CLASS_COUNT
};

/* Where something is declared. */
struct pl_place {
	const char *file; /* NULL where unknown */
	unsigned line;	  /* 0 where unknown */
};

/* One step of the way from the record to a leaf through a union: which one, which alternative. */
struct pl_branch {
	size_t union_index; /* into pl_record.unions */
	size_t alternative; /* 0 is the first declared */
};

/*
 * A union inside the record, named or not, or the record itself when it is
 * one. Its alternatives are its members in the order of declaration.
 */
struct pl_union {
	const char *path; /* of the innermost named member that it is or is in; "" at the top */
	uint64_t offset, size;
	size_t container;    /* innermost named record that it is or is in, PL_NONE at the top */
	size_t alternatives; /* how many it has */
	struct pl_branch parent; /* parent.union_index is PL_NONE at the top */
};

/* A named member that is itself a record, or one element of an array of records. */
struct pl_container {
	const char *path;
	const char *type; /* as declared: a typedef keeps its name */
	uint64_t offset, size;
	size_t parent; /* into pl_record.containers, PL_NONE at the top */
	enum pl_type_class type_class;
	struct pl_place place;
};

/*
 * A leaf: what the compiler stores. Members of nested records are reached by
 * a dotted path; anonymous members, and unnamed members of a named type
 * (-fms-extensions), leave no trace in it.
 */
struct pl_field {
	const char *path;
	uint64_t offset, size; /* size 0: a flexible or zero-length array, or an empty record */
	bool bit_field;
	const char *type;	       /* as declared: typedefs keep their names */
	enum pl_type_class own_class;  /* without a rule pack */
	enum pl_type_class type_class; /* with it; the same until pl_map_classify() */
	size_t container;	       /* innermost named record around it, PL_NONE at the top */
	struct pl_branch *branches;    /* outermost union first */
	size_t n_branches;
	struct pl_place place;
};

struct pl_record {
	const char *name;
	bool is_union;
	uint64_t size;
	uint64_t align;		 /* bits; 0 where the source does not say */
	struct pl_field *fields; /* in the order of declaration */
	size_t n_fields;
	struct pl_union *unions; /* a parent stands before its children */
	size_t n_unions;
	struct pl_container *containers; /* a parent stands before its children */
	size_t n_containers;
	struct pl_extent *extents; /* by path, made by pl_record_index(); NULL before */
	size_t n_extents;
	struct pl_place place;
};

/*
 * Where the member of RECORD that FIELD is, or is in, is declared: that of the
 * outermost named record around it, if that is known.
 */
struct pl_place pl_record_place(const struct pl_record *record, const struct pl_field *field);

/* What begins a part of a member in a path: a dot or an index. */
#define PL_PATH_PARTS ".["

/* Whether a path that goes on like REST names something that ends there: "lru" in "lru.next". */
bool pl_path_can_end(const char *rest);

/* The length of the outermost name in PATH: 3 of "lru.next". */
size_t pl_path_outermost(const char *path);

/* Whether PATH is OUTER, or something in it: "lru.next" is in "lru". */
bool pl_path_is_within(const char *path, const char *outer);

/* The name of a type class in reports ("flag_word"). */
const char *pl_type_class_name(enum pl_type_class type_class);

/* The class called NAME into *RET; false if there is none. */
bool pl_type_class_parse(const char *name, enum pl_type_class *ret);

#endif
