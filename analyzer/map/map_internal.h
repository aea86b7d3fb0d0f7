/* SPDX-License-Identifier: MIT */
/* The steps of the map, in the order in which map.c takes them. */
#ifndef PAGELAP_MAP_MAP_INTERNAL_H
#define PAGELAP_MAP_MAP_INTERNAL_H

#include "model/target.h"

/* More touches, or users in the byte map, than any kernel gets near (7.2: some 2,000). */
enum { PL_MAP_LIMIT = 1000000 };

/* Whether FIELD belongs to a copy of HOST inside RECORD. */
bool pl_map_is_host_copy(const struct pl_record *host, const struct pl_record *record,
			 const struct pl_field *field);

/* Fills overlay->members from overlay->record and overlay->pages; *BUDGET touches may be made. */
struct pl_error *pl_map_touches(struct pl_arena *arena, const struct pl_record *host,
				struct pl_overlay *overlay, size_t *budget) PL_MUST_CHECK;

/* Marks what the pins of TARGET say of OVERLAY: members, touches, and how many are pinned. */
void pl_map_pins(const struct pl_target *target, struct pl_overlay *overlay);

/* The outermost record around CONTAINER, or it, that nobody else can use a part of, or PL_NONE. */
size_t pl_map_opaque_around(const struct pl_record *record, size_t container);

/* Fills overlay->unused and overlay->free. */
struct pl_error *pl_map_unused(struct pl_arena *arena, const struct pl_record *host,
			       struct pl_overlay *overlay) PL_MUST_CHECK;

/* Fills target->byte_map and target->host_unused from the overlays. */
struct pl_error *pl_map_bytes(struct pl_target *target, const struct pl_record *host) PL_MUST_CHECK;

/* A growing set of stretches of bits, as offsets from some common start. */
struct pl_paint {
	struct pl_arena *arena;
	struct pl_bit_range *list;
	size_t count, capacity;
};

/* Adds the SIZE bits at OFFSET; none if SIZE is 0. */
struct pl_error *pl_paint_add(struct pl_paint *paint, uint64_t offset, uint64_t size) PL_MUST_CHECK;

/* The stretches of [OFFSET, OFFSET + SIZE) that were not painted, in order, in the arena. */
struct pl_error *pl_paint_gaps(struct pl_paint *paint, uint64_t offset, uint64_t size,
			       struct pl_bit_range **ret, size_t *count) PL_MUST_CHECK;

#endif
