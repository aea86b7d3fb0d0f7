/* SPDX-License-Identifier: MIT */
/*
 * Abbreviation tables, for passing over DIEs at the speed of memory. libdwarf
 * allocates every DIE it passes; where only names and places of records are
 * asked for, over all units, that is ten times the work. Sections 7.5.3 and
 * 7.5.6 of the DWARF 5 standard.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_ABBREV_H
#define PAGELAP_READ_DWARF_DWARF_ABBREV_H

#include "support/arena.h"
#include "support/cursor.h"

struct pl_abbrev_attribute {
	uint16_t name, form;
	uint64_t value; /* of DW_FORM_implicit_const, two's complement */
};

struct pl_abbrev {
	uint16_t tag; /* 0: no abbreviation has this code */
	bool children;
	bool fixed;	       /* all attributes have sizes that do not depend on the data */
	uint32_t size;	       /* of all attributes, if fixed */
	uint32_t first, count; /* in the table's attributes */
};

/* What sizes in a unit depend on. */
struct pl_unit_sizes {
	unsigned offset, address, version;
};

/* The table of one unit; make it anew for the next one, its memory is used again. */
struct pl_abbrev_table {
	struct pl_arena *arena;
	struct pl_abbrev *list; /* by code */
	size_t count, capacity;
	struct pl_abbrev_attribute *attributes;
	size_t n_attributes, attributes_capacity;
	uint64_t offset; /* of the table that is held, if it is whole */
	struct pl_unit_sizes sizes;
	bool whole;
};

/*
 * Reads the table at OFFSET of .debug_abbrev. *KNOWN is false when it is
 * damaged, or holds what is not known here; an error only without memory.
 */
struct pl_error *pl_abbrev_read(struct pl_abbrev_table *table, struct pl_bytes section,
				uint64_t offset, struct pl_unit_sizes sizes,
				bool *known) PL_MUST_CHECK;

/*
 * Moves CURSOR past an attribute of FORM, or marks it as failed: the data is
 * cut short or the form is not known.
 */
void pl_abbrev_skip(struct pl_cursor *cursor, unsigned form, struct pl_unit_sizes sizes);

/* A ULEB128 number of more than one byte, or none at all. */
uint64_t pl_uleb128_long(struct pl_cursor *cursor);

/* A ULEB128 number; bits beyond 64 are dropped. Nearly all are below 128. */
static inline uint64_t pl_uleb128(struct pl_cursor *cursor)
{
	if (!cursor->failed && cursor->position < cursor->bytes.size &&
	    cursor->bytes.data[cursor->position] < 0x80)
		return cursor->bytes.data[cursor->position++];
	return pl_uleb128_long(cursor);
}

/* An SLEB128 number, in two's complement. */
uint64_t pl_sleb128(struct pl_cursor *cursor);

#endif
