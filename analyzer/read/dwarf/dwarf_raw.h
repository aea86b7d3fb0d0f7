/* SPDX-License-Identifier: MIT */
/*
 * .debug_info read beside libdwarf, as it is stored: for passes over all units,
 * in which libdwarf's objects cost more than what is asked. What is damaged or
 * not known here marks the cursor as failed; libdwarf then has to tell.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_RAW_H
#define PAGELAP_READ_DWARF_DWARF_RAW_H

#include "read/dwarf/dwarf_abbrev.h"
#include "read/dwarf/dwarf_units.h"

struct pl_raw {
	struct pl_bytes info, abbrev, strings, line_strings, string_offsets;
	bool big_endian;
	struct pl_abbrev_table table; /* of the unit that was opened last */
};

struct pl_raw_unit {
	struct pl_raw *raw;
	uint64_t offset;       /* of its header; references count from there */
	struct pl_bytes bytes; /* of .debug_info, from its start to the unit's end */
	uint64_t first;	       /* offset of its first DIE */
	struct pl_unit_sizes sizes;
	uint64_t string_base; /* DW_AT_str_offsets_base; set it when it is seen */
};

/* The sections of DWARF, whose arena has what had to be unpacked; tables are made in ARENA. */
struct pl_error *pl_raw_open(struct pl_dwarf *dwarf, struct pl_arena *arena,
			     struct pl_raw *ret) PL_MUST_CHECK;

/*
 * Opens the unit LISTED of RAW, with its abbreviations, until the next one is.
 * *KNOWN is false when its header or the table is damaged, or not known here.
 */
struct pl_error *pl_raw_open_unit(struct pl_raw *raw, const struct pl_dwarf_unit *listed,
				  struct pl_raw_unit *ret, bool *known) PL_MUST_CHECK;

/* A cursor at OFFSET of .debug_info, bounded by the end of UNIT. */
struct pl_cursor pl_raw_cursor(const struct pl_raw_unit *unit, uint64_t offset);

/* Reads the code of the DIE at CURSOR; NULL at the end of siblings, and for a code of none. */
const struct pl_abbrev *pl_raw_abbrev(const struct pl_raw_unit *unit, struct pl_cursor *cursor);

/* The string of an attribute of FORM; NULL, and the cursor failed, for one not known here. */
const char *pl_raw_string(const struct pl_raw_unit *unit, struct pl_cursor *cursor, unsigned form);

/* Where an attribute of FORM points to, in .debug_info; of the forms for the same unit. */
uint64_t pl_raw_reference(const struct pl_raw_unit *unit, struct pl_cursor *cursor, unsigned form);

bool pl_raw_flag(const struct pl_raw_unit *unit, struct pl_cursor *cursor, unsigned form);

/* The constant of ATTRIBUTE into *RET; false, and the cursor past it, where it is none. */
bool pl_raw_number(const struct pl_raw_unit *unit, struct pl_cursor *cursor,
		   const struct pl_abbrev_attribute *attribute, uint64_t *ret);

#endif
