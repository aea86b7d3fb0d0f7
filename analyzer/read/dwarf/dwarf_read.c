/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_read.h"

#include <elf.h>
#include <string.h>

#include "read/definitions.h"
#include "read/dwarf/dwarf_absence.h"
#include "read/dwarf/dwarf_die.h"
#include "read/dwarf/dwarf_files.h"
#include "read/dwarf/dwarf_types.h"
#include "read/flatten.h"

struct reader {
	struct pl_dwarf *dwarf;
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_dwarf_units units;
	struct pl_definitions definitions;
	size_t missing; /* neither found nor absent */
};

bool pl_dwarf_detect(const struct pl_elf *elf)
{
	const struct pl_elf_section *info = pl_elf_section(elf, ".debug_info");

	if (!info)
		info = pl_elf_section(elf, ".zdebug_info");
	return info && info->type != SHT_NOBITS && info->size;
}

static size_t wanted_index(const struct reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->request->n_records; i++)
		if (!strcmp(reader->request->records[i], name))
			return i;
	return PL_NONE;
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
	target->compiler = pl_arena_strndup(target->arena, producer,
					    flags ? (size_t)(flags - producer) : strlen(producer));
	return target->compiler ? NULL : pl_error_no_memory();
}

/* The DIE at OFFSET in UNIT defines the wanted record INDEX: the first definition is kept. */
static struct pl_error *take(struct reader *reader, struct pl_dwarf_types *types,
			     const struct pl_dwarf_unit *unit, size_t index, Dwarf_Off offset)
{
	const char *name = reader->request->records[index];
	const struct pl_type *type;
	struct pl_record *record;
	bool first;

	if (pl_definitions_known(&reader->definitions, index) && !reader->request->check_all_units)
		return NULL;
	if (!types->files)
		PL_TRY(pl_dwarf_files(reader->dwarf, unit, reader->units.root, types->arena,
				      &types->files, &types->n_files));
	PL_TRY(pl_dwarf_type(types, offset, &type));
	first = !pl_definitions_known(&reader->definitions, index);
	PL_TRY(pl_flatten(first ? reader->target->arena : types->arena, name, type, &record));
	PL_TRY(pl_definitions_add(&reader->definitions, index, record, unit->name));
	if (!first)
		return NULL;
	reader->missing--;
	return reader->target->compiler ? NULL : note_compiler(reader, unit);
}

static struct pl_error *visit(struct reader *reader, struct pl_dwarf_types *types,
			      const struct pl_dwarf_unit *unit, Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Bool declaration = false;
	Dwarf_Half tag = 0;
	Dwarf_Off offset = 0;
	char *name = NULL;
	size_t index;
	int status;

	if (dwarf_tag(die, &tag, &error) != DW_DLV_OK)
		return pl_dwarf_error(reader->dwarf, error);
	if (tag != DW_TAG_structure_type && tag != DW_TAG_union_type)
		return NULL;
	status = dwarf_diename(die, &name, &error);
	if (status == DW_DLV_ERROR)
		return pl_dwarf_error(reader->dwarf, error);
	index = status == DW_DLV_OK ? wanted_index(reader, name) : PL_NONE;
	if (index == PL_NONE)
		return NULL;
	if (dwarf_hasattr(die, DW_AT_declaration, &declaration, &error) != DW_DLV_OK ||
	    dwarf_dieoffset(die, &offset, &error) != DW_DLV_OK)
		return pl_dwarf_error(reader->dwarf, error);
	return declaration ? NULL : take(reader, types, unit, index, offset);
}

static struct pl_error *read_unit(struct reader *reader, const struct pl_dwarf_unit *unit)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die die = NULL;
	struct pl_dwarf_types types = {
		.dwarf = reader->dwarf,
		.arena = arena,
		.nodes = {.arena = arena},
	};
	Dwarf_Error error = NULL;
	Dwarf_Die next;

	if (!arena)
		return pl_error_no_memory();
	if (dwarf_offdie_b(reader->dwarf->debug, unit->die, true, &die, &error) != DW_DLV_OK)
		return pl_dwarf_error(reader->dwarf, error);
	PL_TRY(pl_die_child(reader->dwarf, die, &next));
	while (next) {
		pl_dwarf_die_cleanup(&die);
		die = next;
		PL_TRY(visit(reader, &types, unit, die));
		if (!reader->missing && !reader->request->check_all_units)
			return NULL;
		PL_TRY(pl_die_sibling(reader->dwarf, die, &next));
	}
	return NULL;
}

static struct pl_error *read_units(struct reader *reader)
{
	for (size_t i = 0; i < reader->units.count; i++) {
		const struct pl_dwarf_unit *unit = &reader->units.list[i];
		struct pl_error *error;

		if (!reader->missing && !reader->request->check_all_units)
			break;
		if (!unit->c_language)
			continue;
		error = read_unit(reader, unit);
		if (error)
			return pl_error_prefix(error, "section .debug_info: unit at byte %ju (%s)",
					       (uintmax_t)unit->offset,
					       unit->name ? unit->name : "unnamed");
	}
	return NULL;
}

static struct pl_error *look_for_absent(struct reader *reader)
{
	const struct pl_read_request *request = reader->request;

	reader->missing = request->n_records;
	for (size_t i = 0; i < request->n_records; i++) {
		bool absent;

		PL_TRY(pl_dwarf_is_absent(reader->dwarf, &reader->units, request->records[i],
					  &absent));
		reader->missing -= absent;
	}
	return NULL;
}

static struct pl_error *finish(struct reader *reader)
{
	if (reader->missing && reader->units.any_split)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "section .debug_info: split DWARF, whose types are in .dwo "
				    "files, is not supported");
	return pl_definitions_finish(&reader->definitions);
}

struct pl_error *pl_dwarf_read(const struct pl_elf *elf, const struct pl_read_request *request,
			       struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_dwarf_close) struct pl_dwarf dwarf = {0};
	struct reader reader = {.dwarf = &dwarf, .request = request, .target = target};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_dwarf_open(elf, arena, &dwarf));
	PL_TRY(pl_dwarf_units_read(&dwarf, request, arena, &reader.units));
	PL_TRY(pl_definitions_init(&reader.definitions, request, target));
	PL_TRY(look_for_absent(&reader));
	PL_TRY(read_units(&reader));
	return finish(&reader);
}
