/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_take.h"

#include <string.h>

#include "read/dwarf/dwarf_die.h"
#include "read/dwarf/dwarf_types.h"
#include "read/flatten.h"
#include "support/text.h"

/* Some definitions of one unit, which share what their types have in common. */
struct group {
	struct pl_dwarf_reader *reader;
	const struct pl_dwarf_unit *unit;
	struct pl_dwarf_types types;
	struct pl_dwarf_places places;
};

struct pl_error *pl_dwarf_in_unit(const struct pl_dwarf_unit *unit, struct pl_error *error)
{
	const char *name = unit->name ? unit->name : unit->dwo_name;

	if (!error)
		return NULL;
	return pl_error_prefix(error, "section .debug_info: unit at byte %ju (%s)",
			       (uintmax_t)unit->offset, name ? name : "unnamed");
}

static struct pl_error *note_compiler(struct pl_dwarf_reader *reader,
				      const struct pl_dwarf_unit *unit)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die die = NULL;
	struct pl_target *target = reader->target;
	const char *producer = NULL, *flags;
	Dwarf_Error error = NULL;

	if (dwarf_offdie_b(reader->dwarf->debug, unit->die, true, &die, &error) != DW_DLV_OK)
		return pl_dwarf_error(reader->dwarf, error);
	PL_TRY(pl_die_text(reader->dwarf, die, DW_AT_producer, &producer));
	if (!producer)
		return NULL;
	flags = strstr(producer, " -"); /* gcc adds the flags of the command line */
	target->compiler = pl_text_ncopy(target->arena, producer,
					 flags ? (size_t)(flags - producer) : strlen(producer));
	return target->compiler ? NULL : pl_error_no_memory();
}

/* The first definition of a record is kept, with the places of its members. */
static struct pl_error *take_first(struct group *group, const struct pl_dwarf_hit *hit)
{
	struct pl_dwarf_reader *reader = group->reader;
	const struct pl_type *type;
	struct pl_record *record;

	if (!group->types.places) { /* types that were only compared know of no places */
		group->types.nodes = (struct pl_idmap){.arena = group->types.arena};
		group->types.places = &group->places;
	}
	PL_TRY(pl_dwarf_type(&group->types, hit->die, &type));
	PL_TRY(pl_flatten(reader->target->arena, reader->request->records[hit->record], type,
			  &record));
	PL_TRY(pl_definitions_add(&reader->definitions, hit->record, record, group->unit->name));
	reader->first[hit->record] = hit->die;
	reader->missing--;
	return reader->target->compiler ? NULL : note_compiler(reader, group->unit);
}

static struct pl_error *take_other(struct group *group, const struct pl_dwarf_hit *hit)
{
	struct pl_dwarf_reader *reader = group->reader;
	const struct pl_type *type;
	struct pl_record *record;

	PL_TRY(pl_dwarf_type(&group->types, hit->die, &type));
	PL_TRY(pl_flatten(group->types.arena, reader->request->records[hit->record], type,
			  &record));
	return pl_definitions_add(&reader->definitions, hit->record, record, group->unit->name);
}

/* Takes a definition if it is the first of its record or, when COMPARE, another one. */
static struct pl_error *take(struct group *group, const struct pl_dwarf_hit *hit, bool compare)
{
	struct pl_dwarf_reader *reader = group->reader;

	if (!pl_definitions_known(&reader->definitions, hit->record))
		return take_first(group, hit);
	if (compare && reader->first[hit->record] != hit->die)
		return take_other(group, hit);
	return NULL;
}

struct pl_error *pl_dwarf_take(struct pl_dwarf_reader *reader, const struct pl_dwarf_hit *hits,
			       size_t count, bool compare)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct group group = {
		.reader = reader,
		.unit = &reader->units.list[hits->unit],
		.types = {.dwarf = reader->dwarf, .arena = arena, .nodes = {.arena = arena}},
		.places = {.dwarf = reader->lines,
			   .units = &reader->units,
			   .skeleton = reader->skeleton,
			   .root = reader->root,
			   .arena = arena,
			   .tables = {.arena = arena},
			   .last = &reader->units.list[hits->unit]},
	};
	struct pl_error *error = arena ? NULL : pl_error_no_memory();

	for (size_t i = 0; i < count && !error; i++)
		error = take(&group, &hits[i], compare);
	return pl_dwarf_in_unit(group.unit, error);
}
