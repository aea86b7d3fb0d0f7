/* SPDX-License-Identifier: MIT */
#include "read/scan/symbols.h"

#include <string.h>

enum { FIRST_SLOTS = 4096 };

static uint32_t hash_of(const unsigned char *text, size_t length)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ text[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static void put(struct pl_symbols *symbols, uint32_t number)
{
	struct pl_symbol *symbol = &symbols->list[number];
	size_t slot = symbol->hash & (symbols->n_slots - 1);

	while (symbols->slots[slot])
		slot = (slot + 1) & (symbols->n_slots - 1);
	symbols->slots[slot] = number;
	symbol->slot = (uint32_t)slot;
}

static struct pl_error *grow_slots(struct pl_symbols *symbols)
{
	size_t wanted = symbols->n_slots ? symbols->n_slots * 2 : FIRST_SLOTS;
	uint32_t *slots = pl_arena_array(symbols->arena, wanted, sizeof(*slots));

	if (!slots)
		return pl_error_no_memory();
	symbols->slots = slots;
	symbols->n_slots = wanted;
	for (size_t i = 1; i < symbols->count; i++)
		put(symbols, (uint32_t)i);
	return NULL;
}

static struct pl_error *append(struct pl_symbols *symbols, const struct pl_symbol *symbol)
{
	struct pl_symbol *list = pl_arena_grow(symbols->arena, symbols->list, symbols->count,
					       &symbols->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	symbols->list = list;
	list[symbols->count++] = *symbol;
	return NULL;
}

struct pl_error *pl_symbols_reset(struct pl_symbols *symbols)
{
	/* One large file must not make every later one pay for clearing its table. */
	for (size_t i = 1; i < symbols->count; i++)
		symbols->slots[symbols->list[i].slot] = PL_NO_SYMBOL;
	symbols->count = 0;
	return append(symbols, &(struct pl_symbol){0});
}

struct pl_error *pl_symbols_intern(struct pl_symbols *symbols, const unsigned char *text,
				   size_t length, unsigned char kind, uint32_t *ret)
{
	uint32_t hash = hash_of(text, length), number;

	if (symbols->count * 2 > symbols->n_slots || !symbols->n_slots)
		PL_TRY(grow_slots(symbols));
	for (size_t slot = hash & (symbols->n_slots - 1); (number = symbols->slots[slot]);
	     slot = (slot + 1) & (symbols->n_slots - 1)) {
		const struct pl_symbol *known = &symbols->list[number];

		if (known->hash == hash && known->length == length &&
		    !memcmp(known->text, text, length)) {
			*ret = number;
			return NULL;
		}
	}
	number = (uint32_t)symbols->count;
	PL_TRY(append(symbols, &(struct pl_symbol){.text = text,
						   .length = (uint32_t)length,
						   .hash = hash,
						   .kind = kind}));
	put(symbols, number);
	*ret = number;
	return NULL;
}
