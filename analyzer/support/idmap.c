/* SPDX-License-Identifier: MIT */
#include "support/idmap.h"

enum { FIRST_CAPACITY = 256 };

/* Fibonacci hashing: neighbouring offsets spread over the table. */
static size_t slot_of(const struct pl_idmap *map, uint64_t id)
{
	size_t slot = (size_t)(id * 0x9e3779b97f4a7c15u >> 32) & (map->capacity - 1);

	while (map->slots[slot].value && map->slots[slot].id != id)
		slot = (slot + 1) & (map->capacity - 1);
	return slot;
}

void *pl_idmap_get(const struct pl_idmap *map, uint64_t id)
{
	return map->capacity ? map->slots[slot_of(map, id)].value : NULL;
}

static struct pl_error *grow(struct pl_idmap *map)
{
	struct pl_idmap old = *map;

	map->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	map->slots = pl_arena_array(map->arena, map->capacity, sizeof(*map->slots));
	if (!map->slots) {
		*map = old;
		return pl_error_no_memory();
	}
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].value)
			map->slots[slot_of(map, old.slots[i].id)] = old.slots[i];
	return NULL;
}

struct pl_error *pl_idmap_put(struct pl_idmap *map, uint64_t id, void *value)
{
	if (map->used >= map->capacity / 4 * 3)
		PL_TRY(grow(map));
	map->slots[slot_of(map, id)] = (struct pl_idmap_slot){id, value};
	map->used++;
	return NULL;
}

struct pl_error *pl_idmap_keep(struct pl_idmap *map, uint64_t id, void *value)
{
	return pl_idmap_get(map, id) ? NULL : pl_idmap_put(map, id, value);
}

void *pl_idmap_make(struct pl_idmap *map, uint64_t id, size_t size)
{
	void *value = pl_idmap_get(map, id);
	struct pl_error *error;

	if (value)
		return value;
	value = pl_arena_alloc(map->arena, size);
	error = value ? pl_idmap_put(map, id, value) : NULL;
	pl_error_free(error);
	return error ? NULL : value;
}
