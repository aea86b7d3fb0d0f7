/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_abbrev.h"

#include <dwarf.h>
#include <string.h>

/* Compilers number abbreviations from 1, without leaving out any; a gap is at most so wide. */
enum { MAX_GAP = 16 };

uint64_t pl_uleb128_long(struct pl_cursor *cursor)
{
	uint64_t value = 0;
	unsigned shift = 0;

	while (!cursor->failed && cursor->position < cursor->bytes.size) {
		unsigned char byte = cursor->bytes.data[cursor->position++];

		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
		shift += 7;
	}
	cursor->failed = true;
	return 0;
}

uint64_t pl_sleb128(struct pl_cursor *cursor)
{
	size_t start = cursor->position, bits;
	uint64_t value = pl_uleb128(cursor);

	bits = 7 * (cursor->position - start);
	if (!cursor->failed && bits < 64 && cursor->bytes.data[cursor->position - 1] & 0x40)
		value |= UINT64_MAX << bits;
	return value;
}

/* The size of an attribute of FORM where it is always the same; -1 elsewhere. */
static int fixed_size(unsigned form, struct pl_unit_sizes sizes)
{
	switch (form) {
	case DW_FORM_flag_present:
	case DW_FORM_implicit_const:
		return 0;
	case DW_FORM_data1:
	case DW_FORM_ref1:
	case DW_FORM_flag:
	case DW_FORM_strx1:
	case DW_FORM_addrx1:
		return 1;
	case DW_FORM_data2:
	case DW_FORM_ref2:
	case DW_FORM_strx2:
	case DW_FORM_addrx2:
		return 2;
	case DW_FORM_strx3:
	case DW_FORM_addrx3:
		return 3;
	case DW_FORM_data4:
	case DW_FORM_ref4:
	case DW_FORM_ref_sup4:
	case DW_FORM_strx4:
	case DW_FORM_addrx4:
		return 4;
	case DW_FORM_data8:
	case DW_FORM_ref8:
	case DW_FORM_ref_sup8:
	case DW_FORM_ref_sig8:
		return 8;
	case DW_FORM_data16:
		return 16;
	case DW_FORM_addr:
		return (int)sizes.address;
	case DW_FORM_strp:
	case DW_FORM_line_strp:
	case DW_FORM_sec_offset:
	case DW_FORM_strp_sup:
	case DW_FORM_GNU_ref_alt:
	case DW_FORM_GNU_strp_alt:
		return (int)sizes.offset;
	case DW_FORM_ref_addr:
		return (int)(sizes.version < 3 ? sizes.address : sizes.offset);
	default:
		return -1;
	}
}

static void skip_string(struct pl_cursor *cursor)
{
	const char *text = pl_bytes_string(cursor->bytes, cursor->position);

	if (text)
		pl_cursor_skip(cursor, strlen(text) + 1);
	else
		cursor->failed = true;
}

void pl_abbrev_skip(struct pl_cursor *cursor, unsigned form, struct pl_unit_sizes sizes)
{
	int size = fixed_size(form, sizes);

	if (size >= 0) {
		pl_cursor_skip(cursor, (uint64_t)size);
		return;
	}
	switch (form) {
	case DW_FORM_string:
		skip_string(cursor);
		break;
	case DW_FORM_block1:
		pl_cursor_skip(cursor, pl_cursor_read(cursor, 1));
		break;
	case DW_FORM_block2:
		pl_cursor_skip(cursor, pl_cursor_read(cursor, 2));
		break;
	case DW_FORM_block4:
		pl_cursor_skip(cursor, pl_cursor_read(cursor, 4));
		break;
	case DW_FORM_block:
	case DW_FORM_exprloc:
		pl_cursor_skip(cursor, pl_uleb128(cursor));
		break;
	case DW_FORM_sdata:
	case DW_FORM_udata:
	case DW_FORM_ref_udata:
	case DW_FORM_strx:
	case DW_FORM_addrx:
	case DW_FORM_loclistx:
	case DW_FORM_rnglistx:
	case DW_FORM_GNU_addr_index:
	case DW_FORM_GNU_str_index:
		pl_uleb128(cursor);
		break;
	default:
		cursor->failed = true;
	}
}

static struct pl_error *add_attribute(struct pl_abbrev_table *table, uint64_t name, uint64_t form,
				      uint64_t value)
{
	struct pl_abbrev_attribute *attributes =
		pl_arena_grow(table->arena, table->attributes, table->n_attributes,
			      &table->attributes_capacity, sizeof(*attributes));

	if (!attributes)
		return pl_error_no_memory();
	table->attributes = attributes;
	attributes[table->n_attributes++] = (struct pl_abbrev_attribute){
		name <= UINT16_MAX ? (uint16_t)name : 0, (uint16_t)form, value};
	return NULL;
}

static struct pl_error *read_attributes(struct pl_abbrev_table *table, struct pl_cursor *cursor,
					struct pl_unit_sizes sizes, struct pl_abbrev *abbrev)
{
	abbrev->fixed = true;
	abbrev->first = (uint32_t)table->n_attributes;
	for (;;) {
		uint64_t name = pl_uleb128(cursor), form = pl_uleb128(cursor), value = 0;
		int size;

		if (cursor->failed || (!name && !form))
			return NULL;
		if (form == DW_FORM_implicit_const)
			value = pl_sleb128(cursor);
		if (form > UINT16_MAX)
			cursor->failed = true;
		PL_TRY(add_attribute(table, name, form, value));
		abbrev->count++;
		size = fixed_size((unsigned)form, sizes);
		if (size < 0)
			abbrev->fixed = false;
		else
			abbrev->size += (uint32_t)size;
	}
}

/* Room for CODE, with no abbreviation between it and the last one. */
static struct pl_error *reach(struct pl_abbrev_table *table, uint64_t code)
{
	while (table->count <= code) {
		struct pl_abbrev *list = pl_arena_grow(table->arena, table->list, table->count,
						       &table->capacity, sizeof(*list));

		if (!list)
			return pl_error_no_memory();
		table->list = list;
		list[table->count++] = (struct pl_abbrev){0};
	}
	return NULL;
}

struct pl_error *pl_abbrev_read(struct pl_abbrev_table *table, struct pl_bytes section,
				uint64_t offset, struct pl_unit_sizes sizes, bool *known)
{
	struct pl_cursor cursor = pl_cursor_init(section, false);

	/* Units that share a table mostly stand side by side. */
	if (table->whole && table->offset == offset &&
	    !memcmp(&table->sizes, &sizes, sizeof(sizes))) {
		*known = true;
		return NULL;
	}
	table->count = table->n_attributes = 0;
	table->whole = *known = false;
	pl_cursor_seek(&cursor, offset);
	for (;;) {
		uint64_t code = pl_uleb128(&cursor), tag;
		struct pl_abbrev abbrev = {0};

		if (cursor.failed || code > table->count + MAX_GAP)
			return NULL;
		if (!code)
			break;
		tag = pl_uleb128(&cursor);
		abbrev.tag = tag <= UINT16_MAX ? (uint16_t)tag : UINT16_MAX;
		abbrev.children = pl_cursor_read(&cursor, 1);
		PL_TRY(read_attributes(table, &cursor, sizes, &abbrev));
		PL_TRY(reach(table, code));
		table->list[code] = abbrev;
	}
	table->offset = offset;
	table->sizes = sizes;
	table->whole = *known = true;
	return NULL;
}
