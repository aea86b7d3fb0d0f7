/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_units.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "read/dwarf/dwarf_die.h"
#include "read/paths.h"

static bool ends_like(const char *path, const char *glob)
{
	for (const char *tail = path; tail; tail = strchr(tail, '/')) {
		tail += *tail == '/';
		if (!fnmatch(glob, tail, FNM_PATHNAME))
			return true;
	}
	return false;
}

static size_t rank_of(const char *name, const struct pl_read_request *request)
{
	for (size_t i = 0; name && i < request->n_unit_order; i++)
		if (ends_like(name, request->unit_order[i]))
			return i;
	return request->n_unit_order;
}

/* Rust units describe foreign types in their own way, assembler has none. */
static bool is_c(Dwarf_Unsigned language)
{
	switch (language) {
	case DW_LANG_C89:
	case DW_LANG_C:
	case DW_LANG_C99:
	case DW_LANG_C11:
	case 0x2c: /* C17, newer than some <dwarf.h> */
	case 0x3e: /* C23 */
		return true;
	default:
		return false;
	}
}

/* Whether the unit of DIE is in C; one that does not say may be. */
static struct pl_error *speaks_c(struct pl_dwarf *dwarf, Dwarf_Die die, bool *ret)
{
	Dwarf_Unsigned language = 0;
	Dwarf_Error error = NULL;
	int status = dwarf_srclang(die, &language, &error);

	if (status == DW_DLV_ERROR)
		return pl_dwarf_error(dwarf, error);
	*ret = status == DW_DLV_NO_ENTRY || is_c(language);
	return NULL;
}

/* What is split names its other half; from version 5 on the number is in the header. */
static struct pl_error *read_split(struct pl_dwarf *dwarf, Dwarf_Die die, Dwarf_Half header_type,
				   struct pl_dwarf_unit *unit)
{
	struct pl_die said;

	if (unit->version >= 5 && header_type != DW_UT_skeleton)
		return NULL;
	PL_TRY(pl_die_read(dwarf, die, &said));
	if (unit->version < 5)
		unit->dwo_id = said.dwo_id.value;
	unit->dwo_name = dwarf->dwo ? NULL : said.dwo_name;
	return NULL;
}

/* A skeleton need not name its source; kbuild names the .dwo file after it. */
static struct pl_error *rank(const struct pl_read_request *request, struct pl_arena *arena,
			     struct pl_dwarf_unit *unit)
{
	const char *name = unit->name, *end;

	if (!name && unit->dwo_name) {
		end = strrchr(unit->dwo_name, '.');
		name = end ? pl_arena_printf(arena, "%.*s.c", (int)(end - unit->dwo_name),
					     unit->dwo_name)
			   : unit->dwo_name;
		if (!name)
			return pl_error_no_memory();
	}
	unit->rank = rank_of(name, request);
	return NULL;
}

static struct pl_error *read_unit(struct pl_dwarf *dwarf, const struct pl_read_request *request,
				  struct pl_arena *arena, Dwarf_Half header_type,
				  struct pl_dwarf_unit *unit)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die die = NULL;
	Dwarf_Error error = NULL;
	Dwarf_Half tag = 0;

	if (dwarf_siblingof_b(dwarf->debug, NULL, true, &die, &error) != DW_DLV_OK ||
	    dwarf_tag(die, &tag, &error) != DW_DLV_OK ||
	    dwarf_dieoffset(die, &unit->die, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	PL_TRY(pl_die_text(dwarf, die, DW_AT_name, &unit->name));
	PL_TRY(pl_die_text(dwarf, die, DW_AT_comp_dir, &unit->directory));
	PL_TRY(read_split(dwarf, die, header_type, unit));
	unit->partial = tag == DW_TAG_partial_unit;
	PL_TRY(speaks_c(dwarf, die, &unit->c_language));
	return rank(request, arena, unit);
}

static struct pl_error *add_unit(struct pl_dwarf *dwarf, const struct pl_read_request *request,
				 struct pl_arena *arena, struct pl_dwarf_units *units,
				 struct pl_dwarf_unit unit, Dwarf_Half header_type)
{
	struct pl_dwarf_unit *list =
		pl_arena_grow(arena, units->list, units->count, &units->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	units->list = list;
	PL_TRY(read_unit(dwarf, request, arena, header_type, &unit));
	units->any_partial |= unit.partial;
	units->any_split |= unit.dwo_name || dwarf->dwo;
	units->any_types |= header_type == DW_UT_type || header_type == DW_UT_split_type;
	list[units->count++] = unit;
	return NULL;
}

static struct pl_error *read_units(struct pl_dwarf *dwarf, const struct pl_read_request *request,
				   struct pl_arena *arena, struct pl_dwarf_units *units,
				   Dwarf_Unsigned *end)
{
	Dwarf_Unsigned length, type_offset, start;
	Dwarf_Half version, address_size, length_size, extension, header_type;
	Dwarf_Error error = NULL;
	Dwarf_Sig8 signature = {0};
	Dwarf_Off abbreviations;

	for (*end = start = 0;; start = *end) {
		struct pl_dwarf_unit unit = {.offset = start};
		int status = dwarf_next_cu_header_d(dwarf->debug, true, &length, &version,
						    &abbreviations, &address_size, &length_size,
						    &extension, &signature, &type_offset, end,
						    &header_type, &error);

		if (status == DW_DLV_ERROR)
			return pl_dwarf_error(dwarf, error);
		if (status == DW_DLV_NO_ENTRY) {
			*end = start;
			return NULL;
		}
		if (units->count % PL_DWARF_FORGET_UNITS == 0)
			pl_dwarf_forget(dwarf);
		unit.size = *end - start;
		unit.version = version;
		memcpy(&unit.dwo_id, signature.signature, sizeof(unit.dwo_id));
		PL_TRY(add_unit(dwarf, request, arena, units, unit, header_type));
	}
}

static int by_rank(const void *left, const void *right)
{
	const struct pl_dwarf_unit *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

static struct pl_error *find_root(struct pl_arena *arena, struct pl_dwarf_units *units)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf root = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	bool first = true;

	for (size_t i = 0; i < units->count; i++) {
		const struct pl_dwarf_unit *unit = &units->list[i];

		if (!unit->c_language || !unit->name)
			continue;
		pl_path_join(unit->directory, unit->name, &path);
		if (first)
			pl_strbuf_add(&root, path.text);
		first = false;
		pl_path_common(&root, path.text);
		if (unit->directory)
			pl_path_common(&root, unit->directory);
	}
	units->root = pl_strbuf_failed(&root) || pl_strbuf_failed(&path)
			      ? NULL
			      : pl_arena_strdup(arena, root.text);
	return units->root ? NULL : pl_error_no_memory();
}

struct pl_error *pl_dwarf_units_read(struct pl_dwarf *dwarf, const struct pl_read_request *request,
				     struct pl_arena *arena, struct pl_dwarf_units *ret)
{
	struct pl_dwarf_units units = {0};
	Dwarf_Unsigned end = 0;
	struct pl_bytes section, types;
	struct pl_error *error;

	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_info", &section));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_types", &types));
	units.any_types = types.size; /* of DWARF 4; since then they are in .debug_info */
	error = read_units(dwarf, request, arena, &units, &end);
	if (!error && end != section.size)
		error = pl_error_new(PL_ERROR_UNREADABLE,
				     "the units end at byte %ju of %zu: truncated or damaged",
				     (uintmax_t)end, section.size);
	if (error)
		return pl_error_prefix(error, "section .debug_info");
	PL_TRY(find_root(arena, &units));
	if (units.count)
		qsort(units.list, units.count, sizeof(*units.list), by_rank);
	*ret = units;
	return NULL;
}
