/* SPDX-License-Identifier: MIT */
/*
 * The one ownership idiom of the library: what belongs together is allocated
 * from one arena and freed with it, all at once. Nothing in an arena is freed
 * alone. Functions that return memory return NULL when there is none left, and
 * the arena remembers it: where a text is only made to be put into another one,
 * one look at pl_arena_failed() in the end is enough.
 */
#ifndef PAGELAP_SUPPORT_ARENA_H
#define PAGELAP_SUPPORT_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "support/error.h"

struct pl_arena;

/* A new, empty arena, or NULL. Free it with pl_arena_free(). */
struct pl_arena *pl_arena_new(void);

/* Frees ARENA and everything in it; NULL is allowed. */
void pl_arena_free(struct pl_arena *arena);

/* For PL_CLEANUP: frees *ARENA. */
void pl_arena_cleanup(struct pl_arena **arena);

/* Whether ARENA was ever asked for memory that there was not. */
bool pl_arena_failed(const struct pl_arena *arena);

/* SIZE zeroed bytes, aligned for any object. */
void *pl_arena_alloc(struct pl_arena *arena, size_t size);

/* COUNT zeroed objects of SIZE bytes; NULL also when the product overflows. */
void *pl_arena_array(struct pl_arena *arena, size_t count, size_t size);

/*
 * Makes room for one more element in a growing array of LENGTH elements of
 * SIZE bytes with room for *CAPACITY. Returns the array, moved if it had to
 * grow (the old one stays in the arena), or NULL, in which case the old array
 * is still good.
 */
void *pl_arena_grow(struct pl_arena *arena, void *array, size_t length, size_t *capacity,
		    size_t size);

/* A copy of the string TEXT, which may be NULL: the copy is then NULL too. */
char *pl_arena_strdup(struct pl_arena *arena, const char *text);

/* A copy of the first LENGTH bytes at TEXT, terminated. */
char *pl_arena_strndup(struct pl_arena *arena, const char *text, size_t length);

/* A formatted string. */
char *pl_arena_printf(struct pl_arena *arena, const char *format, ...) PL_PRINTF(2, 3);

#endif
