/* SPDX-License-Identifier: MIT */
/*
 * Which code touches which field, as the units of a whole build say it. Plain
 * data in the target's arena. What bytes of the host an access is about follows
 * from its record and field, and is not kept here.
 */
#ifndef PAGELAP_MODEL_ACCESS_H
#define PAGELAP_MODEL_ACCESS_H

#include "model/record.h"

enum pl_access_kind {
	PL_ACCESS_READ,
	PL_ACCESS_WRITE,
	PL_ACCESS_READ_WRITE, /* reads, changes and writes back: x++, atomic_inc(&x) */
	PL_ACCESS_ADDRESS,    /* its address is taken, and what becomes of it is not known */
	PL_ACCESS_KIND_COUNT
};

/* Where in the source as written; what a macro brings is where the macro is used. */
struct pl_spot {
	struct pl_place place;
	unsigned column;      /* 0 where unknown */
	const char *function; /* around it; NULL at file scope */
	const char *through;  /* the macro that it came through, the outermost; NULL: none */
};

/* One access to a field of the host or of an overlay. */
struct pl_access {
	const char *record; /* without struct or union */
	/* Path of a leaf, or of a record in it ("lru"); NULL: the whole record, copied or cleared.
	 */
	const char *field;
	enum pl_access_kind kind;
	struct pl_spot spot;
	const char *callee; /* what its address is handed to, function or macro; NULL: none */
	const char *bits;   /* names of the bits that are meant, joined by '|'; NULL: not known */
};

/* A pointer to one record that is taken for a pointer to another. One is the host. */
struct pl_cast {
	const char *from, *to;
	struct pl_spot spot;
};

/* A unit that could not be looked at. */
struct pl_lost_unit {
	const char *file;
	const char *reason;
};

/* What a look at the units of one build gave. */
struct pl_usage {
	size_t units;		/* of the build, or of this shard of it */
	size_t read;		/* of those, parsed in this run or an earlier one */
	size_t skipped;		/* of those, that name nothing of interest, and were not parsed */
	unsigned shard, shards; /* 1 of 1: all of the build */
	struct pl_access *accesses; /* by file, line, column, record, field, kind */
	size_t n_accesses, accesses_capacity;
	struct pl_cast *casts; /* by file, line, column */
	size_t n_casts, casts_capacity;
	struct pl_lost_unit *lost; /* by file */
	size_t n_lost, lost_capacity;
};

/* Puts the lists of USAGE in order, and what is there twice only once; each lost unit stays. */
void pl_usage_sort(struct pl_usage *usage);

/*
 * The same, and what USAGE says of one place and field in several units, or
 * shards, is combined: a function of a header may do different things in them.
 */
void pl_usage_combine(struct pl_usage *usage);

/*
 * Makes *KEPT say what it and SAME, of the same place and field, say together:
 * an expansion of one macro reads and writes a field, or hands its address
 * around before it uses it. That an address was taken counts for nothing where
 * it is known what for; that it was handed to something else besides is more
 * than a read. The outcome is the same in whatever order they come.
 */
void pl_access_combine(struct pl_access *kept, const struct pl_access *same);
void pl_cast_combine(struct pl_cast *kept, const struct pl_cast *same);

/* How A and B sort: by file, line, column, record, field, kind, then by all the rest. */
int pl_access_order(const struct pl_access *a, const struct pl_access *b);

/* How A and B sort: by file, line, column; function and macro are left aside. */
int pl_spot_order(const struct pl_spot *a, const struct pl_spot *b);

/* How A and B sort by place, function, and what is there: 0 is one access, or cast, told twice. */
int pl_access_place_order(const struct pl_access *a, const struct pl_access *b);
int pl_cast_place_order(const struct pl_cast *a, const struct pl_cast *b);

/* How A and B sort: by file, then by what became of it. */
int pl_lost_unit_order(const struct pl_lost_unit *a, const struct pl_lost_unit *b);

/* Whether KIND may read, or may write: nothing is known of an address that is taken. */
bool pl_access_may_read(enum pl_access_kind kind);
bool pl_access_may_write(enum pl_access_kind kind);

/* "read", "write", "read-write", "address", and back: false if there is none. */
const char *pl_access_kind_name(enum pl_access_kind kind);
bool pl_access_kind_parse(const char *name, enum pl_access_kind *ret);

#endif
