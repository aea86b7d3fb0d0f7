/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_places.h"

#include "read/dwarf/dwarf_files.h"

struct table {
	const char *const *files;
	size_t count;
};

static bool is_in(const struct pl_dwarf_unit *unit, Dwarf_Off offset)
{
	return unit && offset >= unit->offset && offset - unit->offset < unit->size;
}

/* Nearly always that of the last question: only then are the others looked through. */
static const struct pl_dwarf_unit *unit_of(struct pl_dwarf_places *places, Dwarf_Off offset)
{
	const struct pl_dwarf_units *units = places->units;

	for (size_t i = 0; i < units->count && !is_in(places->last, offset); i++)
		if (is_in(&units->list[i], offset))
			places->last = &units->list[i];
	return is_in(places->last, offset) ? places->last : NULL;
}

static struct pl_error *table_of(struct pl_dwarf_places *places, const struct pl_dwarf_unit *unit,
				 const struct table **ret)
{
	struct table *table = pl_idmap_get(&places->tables, unit->offset);

	if (!table) {
		table = pl_arena_alloc(places->arena, sizeof(*table));
		if (!table)
			return pl_error_no_memory();
		PL_TRY(pl_dwarf_files(places->dwarf, places->skeleton ? places->skeleton : unit,
				      places->root, places->arena, &table->files, &table->count));
		PL_TRY(pl_idmap_put(&places->tables, unit->offset, table));
	}
	*ret = table;
	return NULL;
}

struct pl_error *pl_dwarf_place_file(struct pl_dwarf_places *places, Dwarf_Off offset,
				     uint64_t number, const char **ret)
{
	const struct pl_dwarf_unit *unit = unit_of(places, offset);
	const struct table *table;

	*ret = NULL;
	if (!unit)
		return NULL;
	PL_TRY(table_of(places, unit, &table));
	*ret = number < table->count ? table->files[number] : NULL;
	return NULL;
}
