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

/* Most records are in the first units of the request's order; then absence is worth a proof. */
enum { UNITS_BEFORE_EFFORT = 8 };

struct reader {
	struct pl_dwarf *dwarf;
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_dwarf_units units;
	struct pl_definitions definitions;
	bool *absent;	/* per wanted record: proven to be in no unit */
	size_t missing; /* wanted records that are neither found nor absent */
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

/* A definition of a wanted record, met on the way through a unit. */
struct hit {
	size_t index; /* of the record in the request */
	Dwarf_Off offset;
};

/* A unit on its way through the reader. */
struct visit {
	struct reader *reader;
	const struct pl_dwarf_unit *unit;
	struct pl_dwarf_types types;
	struct hit *hits;
	size_t n_hits, capacity;
};

/* The first definition of a record is kept, with the places of its members. */
static struct pl_error *take_first(struct visit *v, const struct hit *hit)
{
	struct reader *reader = v->reader;
	const char *name = reader->request->records[hit->index];
	const struct pl_type *type;
	struct pl_record *record;

	if (!v->types.files)
		PL_TRY(pl_dwarf_files(reader->dwarf, v->unit, reader->units.root, v->types.arena,
				      &v->types.files, &v->types.n_files));
	PL_TRY(pl_dwarf_type(&v->types, hit->offset, &type));
	PL_TRY(pl_flatten(reader->target->arena, name, type, &record));
	PL_TRY(pl_definitions_add(&reader->definitions, hit->index, record, v->unit->name));
	reader->missing--;
	return reader->target->compiler ? NULL : note_compiler(reader, v->unit);
}

static struct pl_error *take_other(struct visit *v, const struct hit *hit)
{
	const char *name = v->reader->request->records[hit->index];
	const struct pl_type *type;
	struct pl_record *record;

	PL_TRY(pl_dwarf_type(&v->types, hit->offset, &type));
	PL_TRY(pl_flatten(v->types.arena, name, type, &record));
	return pl_definitions_add(&v->reader->definitions, hit->index, record, v->unit->name);
}

static struct pl_error *take_hits(struct visit *v)
{
	for (size_t i = 0; i < v->n_hits; i++) {
		const struct hit *hit = &v->hits[i];

		if (!pl_definitions_known(&v->reader->definitions, hit->index))
			PL_TRY(take_first(v, hit));
		else if (v->reader->request->check_all_units)
			PL_TRY(take_other(v, hit));
	}
	return NULL;
}

/* Notes DIE as a hit if it defines a wanted record. */
static struct pl_error *look(struct visit *v, Dwarf_Die die)
{
	struct pl_dwarf *dwarf = v->reader->dwarf;
	Dwarf_Error error = NULL;
	Dwarf_Bool declaration = false;
	struct hit hit, *hits;
	char *name = NULL;
	int status = dwarf_diename(die, &name, &error);

	if (status == DW_DLV_ERROR)
		return pl_dwarf_error(dwarf, error);
	hit.index = status == DW_DLV_OK ? wanted_index(v->reader, name) : PL_NONE;
	if (hit.index == PL_NONE)
		return NULL;
	if (dwarf_hasattr(die, DW_AT_declaration, &declaration, &error) != DW_DLV_OK ||
	    dwarf_dieoffset(die, &hit.offset, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	if (declaration)
		return NULL;
	hits = pl_arena_grow(v->types.arena, v->hits, v->n_hits, &v->capacity, sizeof(*hits));
	if (!hits)
		return pl_error_no_memory();
	v->hits = hits;
	hits[v->n_hits++] = hit;
	return NULL;
}

/* Moves *DIE on to its next sibling; one that types are made of is kept. */
static struct pl_error *step(struct visit *v, Dwarf_Die *die)
{
	Dwarf_Error error = NULL;
	Dwarf_Die next;
	Dwarf_Half tag = 0;

	if (dwarf_tag(*die, &tag, &error) != DW_DLV_OK)
		return pl_dwarf_error(v->reader->dwarf, error);
	if (tag == DW_TAG_structure_type || tag == DW_TAG_union_type)
		PL_TRY(look(v, *die));
	PL_TRY(pl_die_sibling(v->reader->dwarf, *die, &next));
	PL_TRY(pl_dwarf_types_keep(&v->types, tag, die));
	pl_dwarf_die_cleanup(die);
	*die = next;
	return NULL;
}

static void visit_release(struct visit *v)
{
	pl_dwarf_types_release(&v->types);
	pl_arena_free(v->types.arena);
}

static struct pl_error *read_unit(struct reader *reader, const struct pl_dwarf_unit *unit)
{
	struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(visit_release)
	struct visit v = {
		.reader = reader,
		.unit = unit,
		.types = {reader->dwarf, arena, {.arena = arena}, {.arena = arena}, NULL, 0},
	};
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die top = NULL, die = NULL;
	Dwarf_Error error = NULL;

	if (!arena)
		return pl_error_no_memory();
	if (dwarf_offdie_b(reader->dwarf->debug, unit->die, true, &top, &error) != DW_DLV_OK)
		return pl_dwarf_error(reader->dwarf, error);
	PL_TRY(pl_die_child(reader->dwarf, top, &die));
	while (die)
		PL_TRY(step(&v, &die));
	return take_hits(&v);
}

/* Takes the records that cannot be in any unit off the list of those that are missing. */
static struct pl_error *prove_absent(struct reader *reader, enum pl_effort effort)
{
	for (size_t i = 0; i < reader->request->n_records; i++) {
		bool absent;

		if (reader->absent[i] || pl_definitions_known(&reader->definitions, i))
			continue;
		PL_TRY(pl_dwarf_is_absent(reader->dwarf, &reader->units,
					  reader->request->records[i], effort, &absent));
		reader->absent[i] = absent;
		reader->missing -= absent;
	}
	return NULL;
}

static struct pl_error *read_units(struct reader *reader)
{
	bool all = reader->request->check_all_units;

	for (size_t i = 0; i < reader->units.count && (reader->missing || all); i++) {
		const struct pl_dwarf_unit *unit = &reader->units.list[i];
		struct pl_error *error;

		if (i == UNITS_BEFORE_EFFORT && !all)
			PL_TRY(prove_absent(reader, PL_EFFORT_MORE));
		if (!unit->c_language || (!reader->missing && !all))
			continue;
		error = read_unit(reader, unit);
		if (error)
			return pl_error_prefix(error, "section .debug_info: unit at byte %ju (%s)",
					       (uintmax_t)unit->offset,
					       unit->name ? unit->name : "unnamed");
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
	reader.missing = request->n_records;
	reader.absent = pl_arena_array(arena, request->n_records, sizeof(*reader.absent));
	if (!reader.absent)
		return pl_error_no_memory();
	PL_TRY(prove_absent(&reader, PL_EFFORT_LITTLE));
	PL_TRY(read_units(&reader));
	return finish(&reader);
}
