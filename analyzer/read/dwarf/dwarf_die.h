/* SPDX-License-Identifier: MIT */
/* What one DIE says: the attributes that describe types, in one pass. */
#ifndef PAGELAP_READ_DWARF_DWARF_DIE_H
#define PAGELAP_READ_DWARF_DWARF_DIE_H

#include "read/dwarf/dwarf_bridge.h"

/* A number that an attribute may or may not give. */
struct pl_die_number {
	bool known;
	uint64_t value;
};

struct pl_die {
	Dwarf_Half tag;
	const char *name; /* in the file's own bytes; NULL if it has none */
	bool has_type, declaration;
	Dwarf_Off type; /* offset in .debug_info */
	struct pl_die_number byte_size, bit_size, bit_offset, data_bit_offset, location, count,
		upper_bound, alignment, encoding, file, line, dwo_id;
	const char *dwo_name; /* of a unit; NULL if it has none */
};

/* Reads DIE into *RET. An error for an attribute in a form it cannot have, and for a name that is
 * in another file; a unit has none then. */
struct pl_error *pl_die_read(struct pl_dwarf *dwarf, Dwarf_Die die,
			     struct pl_die *ret) PL_MUST_CHECK;

/* The first child of DIE, or its next sibling; *RET is NULL if there is none. The caller gives
 * it back with pl_dwarf_die_cleanup(). */
struct pl_error *pl_die_child(struct pl_dwarf *dwarf, Dwarf_Die die, Dwarf_Die *ret) PL_MUST_CHECK;
struct pl_error *pl_die_sibling(struct pl_dwarf *dwarf, Dwarf_Die die,
				Dwarf_Die *ret) PL_MUST_CHECK;

/* The text of attribute ATTRIBUTE of DIE, in the file's own bytes; NULL if it has none, or
 * one that is in another file. */
struct pl_error *pl_die_text(struct pl_dwarf *dwarf, Dwarf_Die die, Dwarf_Half attribute,
			     const char **ret) PL_MUST_CHECK;

#endif
