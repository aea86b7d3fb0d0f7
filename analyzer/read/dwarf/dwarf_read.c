/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_read.h"

#include <stdlib.h>

#include "read/dwarf/dwarf_absence.h"
#include "read/dwarf/dwarf_split.h"
#include "read/dwarf/dwarf_take.h"
#include "read/dwarf/dwarf_walk.h"

/* Most records are in the first units of the request's order; past these an index pays. */
enum { UNITS_BEFORE_INDEX = 8 };

bool pl_dwarf_detect(const struct pl_elf *elf)
{
	return pl_dwarf_is_in(elf, false) || pl_dwarf_is_in(elf, true);
}

static struct pl_error *take_all(struct pl_dwarf_reader *reader, const struct pl_dwarf_index *index)
{
	size_t end;

	for (size_t i = 0; i < index->count; i = end) {
		end = i + 1;
		while (end < index->count && index->hits[end].unit == index->hits[i].unit)
			end++;
		PL_TRY(pl_dwarf_take(reader, &index->hits[i], end - i, false));
	}
	return NULL;
}

/* Counts those that are made as the one that was taken, and leaves the others in INDEX. */
static struct pl_error *set_aside_alike(struct pl_dwarf_reader *reader,
					struct pl_dwarf_index *index)
{
	size_t *taken = pl_arena_array(reader->arena, reader->request->n_records, sizeof(*taken));
	size_t left = 0;

	if (!taken)
		return pl_error_no_memory();
	for (size_t i = 0; i < index->count; i++)
		if (index->hits[i].die == reader->first[index->hits[i].record])
			taken[index->hits[i].record] = index->hits[i].shape;
	for (size_t i = 0; i < index->count; i++) {
		const struct pl_dwarf_hit *hit = &index->hits[i];

		if (hit->die == reader->first[hit->record])
			continue;
		if (hit->shape && hit->shape == taken[hit->record])
			pl_definitions_repeat(&reader->definitions, hit->record);
		else
			index->hits[left++] = *hit;
	}
	index->count = left;
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
static struct pl_error *compare_all(struct pl_dwarf_reader *reader, struct pl_dwarf_index *index)
{
	Dwarf_Unsigned length, type_offset, end = 0;
	Dwarf_Half version, address_size, length_size, extension, header_type;
	Dwarf_Off abbreviations;
	Dwarf_Sig8 signature;

	PL_TRY(set_aside_alike(reader, index));
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
			PL_TRY(pl_dwarf_take(reader, &index->hits[first], i - first, true));
	}
	return NULL;
}

static struct pl_error *walk_unit(struct pl_dwarf_reader *reader, size_t number,
				  struct pl_dwarf_index *index)
{
	const struct pl_dwarf_unit *unit = &reader->units.list[number];

	if (!unit->c_language)
		return NULL;
	return pl_dwarf_in_unit(unit, pl_dwarf_walk(reader->dwarf, &reader->units, number,
						    reader->request, reader->arena, index));
}

static struct pl_error *read_part(struct pl_dwarf_reader *part, size_t unit)
{
	struct pl_dwarf_index index = {0};

	part->first = pl_arena_array(part->arena, part->request->n_records, sizeof(*part->first));
	if (!part->first)
		return pl_error_no_memory();
	PL_TRY(walk_unit(part, unit, &index));
	if (!index.count)
		return NULL;
	return pl_dwarf_take(part, index.hits, index.count, part->request->check_all_units);
}

/* What the .dwo file of SKELETON defines. */
static struct pl_error *read_split(struct pl_dwarf_reader *reader,
				   const struct pl_dwarf_unit *skeleton)
{
	struct pl_dwarf_split *split = reader->split;
	struct pl_dwarf_reader part = *reader;
	struct pl_error *error;

	PL_TRY(pl_dwarf_split_open(skeleton, reader->path, reader->request, split));
	part.dwarf = &split->dwarf;
	part.arena = split->arena;
	part.units = split->units;
	part.skeleton = skeleton;
	error = read_part(&part, split->unit);
	reader->missing = part.missing;
	reader->units.any_types |= part.units.any_types;
	return error ? pl_error_prefix(error, "%s", split->path) : NULL;
}

/* The units in which the records most likely are, one by one, until all are found. */
static struct pl_error *read_first_units(struct pl_dwarf_reader *reader)
{
	for (; reader->n_read < reader->units.count && reader->n_read < UNITS_BEFORE_INDEX &&
	       reader->missing;
	     reader->n_read++) {
		const struct pl_dwarf_unit *unit = &reader->units.list[reader->n_read];
		struct pl_dwarf_index index = {0};

		if (unit->dwo_name)
			PL_TRY(pl_dwarf_in_unit(unit, read_split(reader, unit)));
		PL_TRY(walk_unit(reader, reader->n_read, &index));
		PL_TRY(take_all(reader, &index));
	}
	return NULL;
}

/* The .dwo files that were not read yet, until all records are found. */
static struct pl_error *read_other_splits(struct pl_dwarf_reader *reader)
{
	for (size_t i = reader->n_read; i < reader->units.count; i++) {
		const struct pl_dwarf_unit *unit = &reader->units.list[i];

		if (unit->dwo_name && (reader->missing || reader->request->check_all_units))
			PL_TRY(pl_dwarf_in_unit(unit, read_split(reader, unit)));
	}
	return NULL;
}

/* All units, through the index; where that does not get through, through libdwarf. */
static struct pl_error *read_all_units(struct pl_dwarf_reader *reader)
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

static struct pl_error *prepare(struct pl_dwarf_reader *reader)
{
	const struct pl_read_request *request = reader->request;

	PL_TRY(pl_dwarf_units_read(reader->dwarf, request, reader->arena, &reader->units));
	reader->root = reader->units.root;
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

/*
 * A record that was not found may be where it is not looked for: then it is not
 * missing. So may another definition of one that was found.
 */
static struct pl_error *check_missing(const struct pl_dwarf_reader *reader)
{
	if (reader->shares && (reader->missing || reader->request->check_all_units))
		return pl_error_new(PL_ERROR_UNREADABLE, "DWARF that is in another file, where "
							 "'dwz -m' has put it, is not supported");
	if (reader->missing && reader->units.any_types)
		return pl_error_new(PL_ERROR_UNREADABLE, "section .debug_info: type units "
							 "(-fdebug-types-section) are not "
							 "supported");
	return NULL;
}

static struct pl_error *read_records(struct pl_dwarf_reader *reader)
{
	PL_TRY(prepare(reader));
	PL_TRY(read_first_units(reader));
	if (reader->missing || reader->request->check_all_units)
		PL_TRY(read_all_units(reader));
	PL_TRY(read_other_splits(reader));
	PL_TRY(check_missing(reader));
	return pl_definitions_finish(&reader->definitions);
}

struct pl_error *pl_dwarf_read(const char *path, const struct pl_elf *elf,
			       const struct pl_read_request *request, struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_dwarf_close) struct pl_dwarf dwarf = {0};
	PL_CLEANUP(pl_dwarf_split_close) struct pl_dwarf_split split = {0};
	struct pl_dwarf_reader reader = {
		.path = path,
		.dwarf = &dwarf,
		.lines = &dwarf,
		.split = &split,
		.arena = arena,
		.request = request,
		.target = target,
		.shares = pl_elf_section(elf, ".gnu_debugaltlink") ||
			  pl_elf_section(elf, ".debug_sup"),
	};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_dwarf_open(elf, !pl_dwarf_is_in(elf, false), arena, &dwarf));
	return read_records(&reader);
}
