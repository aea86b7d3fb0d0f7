/* SPDX-License-Identifier: MIT */
/*
 * The names that occur in one C file, each of them once, so that to compare
 * two is to compare two numbers, and what is learned of a name while the file
 * is looked through has a place.
 */
#ifndef PAGELAP_READ_SCAN_SYMBOLS_H
#define PAGELAP_READ_SCAN_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "support/arena.h"

/* No symbol: the first one has number 1. */
enum { PL_NO_SYMBOL = 0 };

/* As what a name was last declared. */
struct pl_declared {
	uint32_t record; /* PL_NO_SYMBOL: as something else than a record */
	uint32_t unit;	 /* in which part of the file it is known so; see declared.c */
	unsigned stars;	 /* 0: the record itself, 1: a pointer to it */
	bool is_union;
};

struct pl_symbol {
	const unsigned char *text; /* in the file; not terminated */
	uint32_t length, hash, slot;
	unsigned char kind;  /* enum pl_token_kind */
	unsigned char marks; /* of a macro; see scan_asserts.c */
	struct pl_declared declared;
};

struct pl_symbols {
	struct pl_arena *arena; /* set this; the rest begins as zero */
	struct pl_symbol *list;
	size_t count, capacity;
	uint32_t *slots; /* numbers in LIST, by hash */
	size_t n_slots;	 /* 0 or a power of two */
};

/* Forgets all symbols, and keeps the memory for the next file. */
struct pl_error *pl_symbols_reset(struct pl_symbols *symbols) PL_MUST_CHECK;

/*
 * The number of the symbol with the LENGTH bytes at TEXT, which must stay
 * where they are; a new one is of KIND.
 */
struct pl_error *pl_symbols_intern(struct pl_symbols *symbols, const unsigned char *text,
				   size_t length, unsigned char kind, uint32_t *ret) PL_MUST_CHECK;

#endif
