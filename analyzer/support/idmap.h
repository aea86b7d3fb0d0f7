/* SPDX-License-Identifier: MIT */
/* A hash map from 64-bit ids (DIE offsets, type ids) to pointers, in an arena. */
#ifndef PAGELAP_SUPPORT_IDMAP_H
#define PAGELAP_SUPPORT_IDMAP_H

#include <stdint.h>

#include "support/arena.h"

struct pl_idmap_slot {
	uint64_t id;
	void *value; /* NULL: the slot is free */
};

struct pl_idmap {
	struct pl_arena *arena; /* set this; the rest begins as zero */
	struct pl_idmap_slot *slots;
	size_t used, capacity; /* capacity is 0 or a power of two */
};

/* What was put under ID, or NULL. */
void *pl_idmap_get(const struct pl_idmap *map, uint64_t id);

/* Puts VALUE, not NULL, under ID, which must not be there yet. */
struct pl_error *pl_idmap_put(struct pl_idmap *map, uint64_t id, void *value) PL_MUST_CHECK;

/* The same, unless something is there. */
struct pl_error *pl_idmap_keep(struct pl_idmap *map, uint64_t id, void *value) PL_MUST_CHECK;

/* What is under ID: SIZE bytes of zeros, in the map's arena, where nothing was; NULL: no memory. */
void *pl_idmap_make(struct pl_idmap *map, uint64_t id, size_t size);

#endif
