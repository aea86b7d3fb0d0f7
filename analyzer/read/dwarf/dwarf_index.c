/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_index.h"

#include <string.h>

#include "read/dwarf/dwarf_abbrev.h"

struct indexer {
	const struct pl_read_request *request;
	const struct pl_dwarf_units *units;
	struct pl_arena *arena;
	struct pl_bytes info, abbrev, strings, line_strings, string_offsets;
	bool big_endian;
	bool first_letters[256]; /* of wanted names */
	struct pl_abbrev_table table;
	struct pl_dwarf_index *index;
};

/* One unit on its way through the indexer. */
struct unit {
	struct indexer *indexer;
	size_t number;		 /* in the units' list */
	uint64_t offset;	 /* of its header; references count from there */
	struct pl_cursor cursor; /* over all of .debug_info up to the unit's end */
	struct pl_unit_sizes sizes;
	uint64_t string_base; /* DW_AT_str_offsets_base */
};

/* What matters of a DIE. */
struct seen {
	const char *name;
	bool declaration;
	uint64_t sibling; /* offset in .debug_info; 0 if it does not say */
};

/* Section 7.5.1: the unit's header, up to its first DIE. Returns the abbreviations' offset. */
static uint64_t read_header(struct unit *unit)
{
	struct pl_cursor *cursor = &unit->cursor;
	uint64_t abbrev, type = DW_UT_compile;

	unit->sizes.offset = 4;
	if (pl_cursor_read(cursor, 4) == 0xffffffff) {
		unit->sizes.offset = 8;
		pl_cursor_skip(cursor, 8);
	}
	unit->sizes.version = (unsigned)pl_cursor_read(cursor, 2);
	if (unit->sizes.version >= 5) {
		type = pl_cursor_read(cursor, 1);
		unit->sizes.address = (unsigned)pl_cursor_read(cursor, 1);
		abbrev = pl_cursor_read(cursor, unit->sizes.offset);
	} else {
		abbrev = pl_cursor_read(cursor, unit->sizes.offset);
		unit->sizes.address = (unsigned)pl_cursor_read(cursor, 1);
	}
	if (type != DW_UT_compile && type != DW_UT_partial)
		cursor->failed = true;
	return abbrev;
}

static const char *indexed_string(const struct unit *unit, uint64_t index)
{
	const struct indexer *in = unit->indexer;
	struct pl_bytes entry;

	if (!unit->string_base || index > UINT32_MAX ||
	    !pl_bytes_slice(in->string_offsets, unit->string_base + index * unit->sizes.offset,
			    unit->sizes.offset, &entry))
		return NULL;
	return pl_bytes_string(in->strings,
			       pl_bytes_get(entry.data, unit->sizes.offset, in->big_endian));
}

/* The string of an attribute of FORM; NULL, and the cursor failed, for one not known here. */
static const char *read_string(struct unit *unit, unsigned form)
{
	struct pl_cursor *cursor = &unit->cursor;
	const char *text = NULL;

	switch (form) {
	case DW_FORM_string:
		text = pl_bytes_string(cursor->bytes, cursor->position);
		pl_abbrev_skip(cursor, form, unit->sizes);
		break;
	case DW_FORM_strp:
		text = pl_bytes_string(unit->indexer->strings,
				       pl_cursor_read(cursor, unit->sizes.offset));
		break;
	case DW_FORM_line_strp:
		text = pl_bytes_string(unit->indexer->line_strings,
				       pl_cursor_read(cursor, unit->sizes.offset));
		break;
	case DW_FORM_strx:
		text = indexed_string(unit, pl_uleb128(cursor));
		break;
	case DW_FORM_strx1:
	case DW_FORM_strx2:
	case DW_FORM_strx3:
	case DW_FORM_strx4:
		text = indexed_string(unit, pl_cursor_read(cursor, form - DW_FORM_strx1 + 1));
		break;
	default:
		break;
	}
	if (!text)
		cursor->failed = true;
	return text;
}

/* Where DW_AT_sibling of FORM points to, in .debug_info. */
static uint64_t read_reference(struct unit *unit, unsigned form)
{
	struct pl_cursor *cursor = &unit->cursor;

	switch (form) {
	case DW_FORM_ref1:
		return unit->offset + pl_cursor_read(cursor, 1);
	case DW_FORM_ref2:
		return unit->offset + pl_cursor_read(cursor, 2);
	case DW_FORM_ref4:
		return unit->offset + pl_cursor_read(cursor, 4);
	case DW_FORM_ref8:
		return unit->offset + pl_cursor_read(cursor, 8);
	case DW_FORM_ref_udata:
		return unit->offset + pl_uleb128(cursor);
	default:
		cursor->failed = true;
		return 0;
	}
}

static bool read_flag(struct unit *unit, unsigned form)
{
	if (form == DW_FORM_flag)
		return pl_cursor_read(&unit->cursor, 1);
	pl_abbrev_skip(&unit->cursor, form, unit->sizes);
	return true;
}

/* Reads the attributes of a DIE; its name only where NAMED. */
static struct seen read_die(struct unit *unit, const struct pl_abbrev *abbrev, bool named)
{
	const struct pl_abbrev_attribute *attribute =
		unit->indexer->table.attributes + abbrev->first;
	struct seen seen = {0};

	for (uint32_t i = 0; i < abbrev->count && !unit->cursor.failed; i++, attribute++) {
		if (attribute->name == DW_AT_name && named)
			seen.name = read_string(unit, attribute->form);
		else if (attribute->name == DW_AT_declaration && named)
			seen.declaration = read_flag(unit, attribute->form);
		else if (attribute->name == DW_AT_sibling)
			seen.sibling = read_reference(unit, attribute->form);
		else if (attribute->name == DW_AT_str_offsets_base &&
			 attribute->form == DW_FORM_sec_offset)
			unit->string_base = pl_cursor_read(&unit->cursor, unit->sizes.offset);
		else
			pl_abbrev_skip(&unit->cursor, attribute->form, unit->sizes);
	}
	return seen;
}

static struct pl_error *note(struct unit *unit, const struct seen *seen, uint64_t offset)
{
	const struct indexer *in = unit->indexer;

	if (!seen->name || seen->declaration || !in->first_letters[(unsigned char)*seen->name])
		return NULL;
	return pl_dwarf_index_note(in->index, in->arena, in->request, seen->name, unit->number,
				   offset);
}

/* Passes over what is below a DIE: by its sibling's place, or one level deeper. */
static void descend(struct unit *unit, const struct seen *seen, unsigned *depth)
{
	if (!seen->sibling)
		++*depth;
	else if (seen->sibling <= unit->cursor.position)
		unit->cursor.failed = true; /* backwards: it would never end */
	else
		pl_cursor_seek(&unit->cursor, seen->sibling);
}

/* Walks the DIEs of a unit; the first is the unit's own, at depth 0. */
static struct pl_error *walk(struct unit *unit)
{
	const struct pl_abbrev_table *table = &unit->indexer->table;
	struct pl_cursor *cursor = &unit->cursor;
	unsigned depth = 0;

	do {
		uint64_t offset = cursor->position, code = pl_uleb128(cursor);
		const struct pl_abbrev *abbrev;
		struct seen seen = {0};
		bool record;

		if (!code) {
			depth -= depth > 0;
			continue;
		}
		if (code >= table->count || !table->list[code].tag) {
			cursor->failed = true;
			break;
		}
		abbrev = &table->list[code];
		record = depth == 1 &&
			 (abbrev->tag == DW_TAG_structure_type || abbrev->tag == DW_TAG_union_type);
		if (abbrev->fixed && !abbrev->children && !record)
			pl_cursor_skip(cursor, abbrev->size);
		else
			seen = read_die(unit, abbrev, record);
		if (record)
			PL_TRY(note(unit, &seen, offset));
		if (!abbrev->children)
			continue;
		if (depth)
			descend(unit, &seen, &depth);
		else
			depth = 1;
	} while (depth && !cursor->failed);
	return NULL;
}

/* *KNOWN is false when the unit is damaged or holds what is not known here. */
static struct pl_error *index_unit(struct indexer *in, size_t number, bool *known)
{
	const struct pl_dwarf_unit *listed = &in->units->list[number];
	struct unit unit = {.indexer = in, .number = number, .offset = listed->offset};
	struct pl_bytes bytes;
	uint64_t abbrev;

	*known = false;
	if (!pl_bytes_slice(in->info, 0, listed->offset + listed->size, &bytes))
		return NULL;
	unit.cursor = pl_cursor_init(bytes, in->big_endian);
	pl_cursor_seek(&unit.cursor, listed->offset);
	abbrev = read_header(&unit);
	if (unit.cursor.failed)
		return NULL;
	PL_TRY(pl_abbrev_read(&in->table, in->abbrev, abbrev, unit.sizes, known));
	if (*known)
		PL_TRY(walk(&unit));
	*known &= !unit.cursor.failed;
	return NULL;
}

struct pl_error *pl_dwarf_index_note(struct pl_dwarf_index *index, struct pl_arena *arena,
				     const struct pl_read_request *request, const char *name,
				     size_t unit, Dwarf_Off die)
{
	struct pl_dwarf_hit *hits;
	size_t record = 0;

	while (record < request->n_records && strcmp(request->records[record], name))
		record++;
	if (record == request->n_records)
		return NULL;
	hits = pl_arena_grow(arena, index->hits, index->count, &index->capacity, sizeof(*hits));
	if (!hits)
		return pl_error_no_memory();
	index->hits = hits;
	hits[index->count++] = (struct pl_dwarf_hit){unit, record, die};
	return NULL;
}

static struct pl_error *open_sections(struct indexer *in, struct pl_dwarf *dwarf)
{
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_info", &in->info));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_abbrev", &in->abbrev));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_str", &in->strings));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_line_str", &in->line_strings));
	return pl_dwarf_bytes(dwarf, ".debug_str_offsets", &in->string_offsets);
}

struct pl_error *pl_dwarf_index_read(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				     const struct pl_read_request *request, struct pl_arena *arena,
				     struct pl_dwarf_index *ret)
{
	struct indexer in = {
		.request = request,
		.units = units,
		.arena = arena,
		.big_endian = dwarf->elf->big_endian,
		.table = {.arena = arena},
		.index = ret,
	};

	*ret = (struct pl_dwarf_index){.whole = true};
	PL_TRY(open_sections(&in, dwarf));
	for (size_t i = 0; i < request->n_records; i++)
		in.first_letters[(unsigned char)request->records[i][0]] = true;
	for (size_t i = 0; i < units->count && ret->whole; i++) {
		if (i % PL_DWARF_FORGET_UNITS == 0)
			pl_dwarf_forget(dwarf);
		if (units->list[i].c_language)
			PL_TRY(index_unit(&in, i, &ret->whole));
	}
	return NULL;
}
