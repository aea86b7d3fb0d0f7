/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_raw.h"

struct pl_error *pl_raw_open(struct pl_dwarf *dwarf, struct pl_arena *arena, struct pl_raw *ret)
{
	*ret = (struct pl_raw){.big_endian = dwarf->elf->big_endian, .table = {.arena = arena}};
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_info", &ret->info));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_abbrev", &ret->abbrev));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_str", &ret->strings));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_line_str", &ret->line_strings));
	return pl_dwarf_bytes(dwarf, ".debug_str_offsets", &ret->string_offsets);
}

/* Section 7.5.1: the unit's header, up to its first DIE. Returns the abbreviations' offset. */
static uint64_t read_header(struct pl_raw_unit *unit, struct pl_cursor *cursor)
{
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

struct pl_error *pl_raw_open_unit(struct pl_raw *raw, const struct pl_dwarf_unit *listed,
				  struct pl_raw_unit *ret, bool *known)
{
	struct pl_cursor cursor;
	uint64_t abbrev;

	*ret = (struct pl_raw_unit){.raw = raw, .offset = listed->offset};
	*known = false;
	if (!pl_bytes_slice(raw->info, 0, listed->offset + listed->size, &ret->bytes))
		return NULL;
	cursor = pl_raw_cursor(ret, listed->offset);
	abbrev = read_header(ret, &cursor);
	ret->first = cursor.position;
	return cursor.failed ? NULL
			     : pl_abbrev_read(&raw->table, raw->abbrev, abbrev, ret->sizes, known);
}

struct pl_cursor pl_raw_cursor(const struct pl_raw_unit *unit, uint64_t offset)
{
	struct pl_cursor cursor = pl_cursor_init(unit->bytes, unit->raw->big_endian);

	pl_cursor_seek(&cursor, offset);
	return cursor;
}

const struct pl_abbrev *pl_raw_abbrev(const struct pl_raw_unit *unit, struct pl_cursor *cursor)
{
	const struct pl_abbrev_table *table = &unit->raw->table;
	uint64_t code = pl_uleb128(cursor);

	if (!code)
		return NULL;
	if (code < table->count && table->list[code].tag)
		return &table->list[code];
	cursor->failed = true;
	return NULL;
}

static const char *indexed_string(const struct pl_raw_unit *unit, uint64_t index)
{
	const struct pl_raw *raw = unit->raw;
	struct pl_bytes entry;

	if (!unit->string_base || index > UINT32_MAX ||
	    !pl_bytes_slice(raw->string_offsets, unit->string_base + index * unit->sizes.offset,
			    unit->sizes.offset, &entry))
		return NULL;
	return pl_bytes_string(raw->strings,
			       pl_bytes_get(entry.data, unit->sizes.offset, raw->big_endian));
}

const char *pl_raw_string(const struct pl_raw_unit *unit, struct pl_cursor *cursor, unsigned form)
{
	const char *text = NULL;

	switch (form) {
	case DW_FORM_string:
		text = pl_bytes_string(cursor->bytes, cursor->position);
		pl_abbrev_skip(cursor, form, unit->sizes);
		break;
	case DW_FORM_strp:
		text = pl_bytes_string(unit->raw->strings,
				       pl_cursor_read(cursor, unit->sizes.offset));
		break;
	case DW_FORM_line_strp:
		text = pl_bytes_string(unit->raw->line_strings,
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

uint64_t pl_raw_reference(const struct pl_raw_unit *unit, struct pl_cursor *cursor, unsigned form)
{
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

bool pl_raw_flag(const struct pl_raw_unit *unit, struct pl_cursor *cursor, unsigned form)
{
	if (form == DW_FORM_flag)
		return pl_cursor_read(cursor, 1);
	pl_abbrev_skip(cursor, form, unit->sizes);
	return true;
}

bool pl_raw_number(const struct pl_raw_unit *unit, struct pl_cursor *cursor,
		   const struct pl_abbrev_attribute *attribute, uint64_t *ret)
{
	switch (attribute->form) {
	case DW_FORM_data1:
		*ret = pl_cursor_read(cursor, 1);
		return true;
	case DW_FORM_data2:
		*ret = pl_cursor_read(cursor, 2);
		return true;
	case DW_FORM_data4:
		*ret = pl_cursor_read(cursor, 4);
		return true;
	case DW_FORM_data8:
		*ret = pl_cursor_read(cursor, 8);
		return true;
	case DW_FORM_udata:
		*ret = pl_uleb128(cursor);
		return true;
	case DW_FORM_sdata:
		*ret = pl_sleb128(cursor);
		return true;
	case DW_FORM_implicit_const:
		*ret = attribute->value;
		return true;
	default:
		pl_abbrev_skip(cursor, attribute->form, unit->sizes);
		return false;
	}
}
