/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_read.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "read/definitions.h"
#include "read/dwarf/dwarf_absence.h"
#include "read/dwarf/dwarf_die.h"
#include "read/dwarf/dwarf_types.h"
#include "read/dwarf/dwarf_walk.h"
#include "read/flatten.h"
#include "support/text.h"

/* Most records are in the first units of the request's order; past these an index pays. */
enum { UNITS_BEFORE_INDEX = 8 };

struct reader {
	struct pl_dwarf *dwarf;
	struct pl_arena *arena;
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_dwarf_units units;
	struct pl_definitions definitions;
	Dwarf_Off *first; /* per wanted record: the DIE that was taken */
	size_t missing;	  /* wanted records that are neither found nor proven absent */
	bool shares;	  /* some of the DWARF is in a file that others have in common with this */
};

/* Some definitions of one unit, which share what their types have in common. */
struct group {
	struct reader *reader;
	const struct pl_dwarf_unit *unit;
	struct pl_dwarf_types types;
	struct pl_dwarf_places places;
};

bool pl_dwarf_detect(const struct pl_elf *elf)
{
	const struct pl_elf_section *info = pl_elf_section(elf, ".debug_info");

	if (!info)
		info = pl_elf_section(elf, ".zdebug_info");
	return info && info->type != SHT_NOBITS && info->size;
}

static struct pl_error *in_unit(const struct pl_dwarf_unit *unit, struct pl_error *error)
{
	if (!error)
		return NULL;
	return pl_error_prefix(error, "section .debug_info: unit at byte %ju (%s)",
			       (uintmax_t)unit->offset, unit->name ? unit->name : "unnamed");
}

static struct pl_error *note_compiler(struct reader *reader, const struct pl_dwarf_unit *unit)
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
	struct reader *reader = group->reader;
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
	struct reader *reader = group->reader;
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
	struct reader *reader = group->reader;

	if (!pl_definitions_known(&reader->definitions, hit->record))
		return take_first(group, hit);
	if (compare && reader->first[hit->record] != hit->die)
		return take_other(group, hit);
	return NULL;
}

/* Takes COUNT definitions, all of the same unit. */
static struct pl_error *take_group(struct reader *reader, const struct pl_dwarf_hit *hits,
				   size_t count, bool compare)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct group group = {
		.reader = reader,
		.unit = &reader->units.list[hits->unit],
		.types = {.dwarf = reader->dwarf, .arena = arena, .nodes = {.arena = arena}},
		.places = {.dwarf = reader->dwarf,
			   .units = &reader->units,
			   .arena = arena,
			   .tables = {.arena = arena},
			   .last = &reader->units.list[hits->unit]},
	};
	struct pl_error *error = arena ? NULL : pl_error_no_memory();

	for (size_t i = 0; i < count && !error; i++)
		error = take(&group, &hits[i], compare);
	return in_unit(group.unit, error);
}

static struct pl_error *take_all(struct reader *reader, const struct pl_dwarf_index *index)
{
	size_t end;

	for (size_t i = 0; i < index->count; i = end) {
		end = i + 1;
		while (end < index->count && index->hits[end].unit == index->hits[i].unit)
			end++;
		PL_TRY(take_group(reader, &index->hits[i], end - i, false));
	}
	return NULL;
}

static int by_die(const void *left, const void *right)
{
	const struct pl_dwarf_hit *a = left, *b = right;

	return (a->die > b->die) - (a->die < b->die);
}

/*
 * Compares all definitions, unit by unit while libdwarf iterates over them: in
 * its current unit it finds a DIE at once, elsewhere it looks through all units.
 */
static struct pl_error *compare_all(struct reader *reader, struct pl_dwarf_index *index)
{
	Dwarf_Unsigned length, type_offset, end = 0;
	Dwarf_Half version, address_size, length_size, extension, header_type;
	Dwarf_Off abbreviations;
	Dwarf_Sig8 signature;

	if (index->count)
		qsort(index->hits, index->count, sizeof(*index->hits), by_die);
	for (size_t i = 0, first = 0, units = 0; i < index->count; first = i) {
		Dwarf_Error error = NULL;

		if (units++ % PL_DWARF_FORGET_UNITS == 0)
			pl_dwarf_forget(reader->dwarf);
		if (dwarf_next_cu_header_d(reader->dwarf->debug, true, &length, &version,
					   &abbreviations, &address_size, &length_size, &extension,
					   &signature, &type_offset, &end, &header_type,
					   &error) != DW_DLV_OK)
			return pl_dwarf_error(reader->dwarf, error);
		while (i < index->count && index->hits[i].die < end)
			i++;
		if (i > first)
			PL_TRY(take_group(reader, &index->hits[first], i - first, true));
	}
	return NULL;
}

static struct pl_error *walk_unit(struct reader *reader, size_t number,
				  struct pl_dwarf_index *index)
{
	const struct pl_dwarf_unit *unit = &reader->units.list[number];

	if (!unit->c_language)
		return NULL;
	return in_unit(unit, pl_dwarf_walk(reader->dwarf, &reader->units, number, reader->request,
					   reader->arena, index));
}

/* The units in which the records most likely are, one by one, until all are found. */
static struct pl_error *read_first_units(struct reader *reader)
{
	for (size_t i = 0; i < reader->units.count && i < UNITS_BEFORE_INDEX && reader->missing;
	     i++) {
		struct pl_dwarf_index index = {0};

		PL_TRY(walk_unit(reader, i, &index));
		PL_TRY(take_all(reader, &index));
	}
	return NULL;
}

/* All units, through the index; where that does not get through, through libdwarf. */
static struct pl_error *read_all_units(struct reader *reader)
{
	struct pl_dwarf_index index;

	PL_TRY(pl_dwarf_index_read(reader->dwarf, &reader->units, reader->request, reader->arena,
				   &index));
	if (!index.whole) {
		index.count = 0;
		for (size_t i = 0; i < reader->units.count; i++)
			PL_TRY(walk_unit(reader, i, &index));
	}
	PL_TRY(take_all(reader, &index));
	return reader->request->check_all_units ? compare_all(reader, &index) : NULL;
}

static struct pl_error *prepare(struct reader *reader)
{
	const struct pl_read_request *request = reader->request;

	PL_TRY(pl_dwarf_units_read(reader->dwarf, request, reader->arena, &reader->units));
	PL_TRY(pl_definitions_init(&reader->definitions, request, reader->target));
	reader->first = pl_arena_array(reader->arena, request->n_records, sizeof(*reader->first));
	if (!reader->first)
		return pl_error_no_memory();
	reader->missing = request->n_records;
	for (size_t i = 0; i < request->n_records; i++) {
		bool absent = false;

		if (!reader->shares)
			PL_TRY(pl_dwarf_is_absent(reader->dwarf, &reader->units,
						  request->records[i], &absent));
		reader->missing -= absent;
	}
	return NULL;
}

/* A record that was not found may be where it is not looked for: then it is not missing. */
static struct pl_error *check_missing(const struct reader *reader)
{
	if (reader->missing && reader->units.any_split)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "section .debug_info: split DWARF, whose types are in .dwo "
				    "files, is not supported");
	if (reader->missing && reader->shares)
		return pl_error_new(PL_ERROR_UNREADABLE, "DWARF that is in another file, where "
							 "'dwz -m' has put it, is not supported");
	if (reader->missing && reader->units.any_types)
		return pl_error_new(PL_ERROR_UNREADABLE, "section .debug_info: type units "
							 "(-fdebug-types-section) are not "
							 "supported");
	return NULL;
}

static struct pl_error *read_records(struct reader *reader)
{
	PL_TRY(prepare(reader));
	PL_TRY(read_first_units(reader));
	if (reader->missing || reader->request->check_all_units)
		PL_TRY(read_all_units(reader));
	PL_TRY(check_missing(reader));
	return pl_definitions_finish(&reader->definitions);
}

struct pl_error *pl_dwarf_read(const struct pl_elf *elf, const struct pl_read_request *request,
			       struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_dwarf_close) struct pl_dwarf dwarf = {0};
	struct reader reader = {
		.dwarf = &dwarf,
		.arena = arena,
		.request = request,
		.target = target,
		.shares = pl_elf_section(elf, ".gnu_debugaltlink") ||
			  pl_elf_section(elf, ".debug_sup"),
	};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_dwarf_open(elf, arena, &dwarf));
	return read_records(&reader);
}
