/* SPDX-License-Identifier: MIT */
/*
 * Where things are declared. DW_AT_decl_file counts the files of the unit that
 * the DIE is in, which is not always the one that is being read: dwz moves
 * types to partial units, and link-time optimisation refers to other units. The
 * units of a .dwo file have no tables: those of their skeletons count.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_PLACES_H
#define PAGELAP_READ_DWARF_DWARF_PLACES_H

#include "read/dwarf/dwarf_units.h"
#include "support/idmap.h"

/* The file tables of the units asked for so far. */
struct pl_dwarf_places {
	struct pl_dwarf *dwarf;		    /* set this: what has the tables */
	const struct pl_dwarf_units *units; /* set this */
	const struct pl_dwarf_unit
		*skeleton;	/* set this: whose table it is; NULL: each unit's own */
	const char *root;	/* set this: as pl_dwarf_files() takes it */
	struct pl_arena *arena; /* set this: all names are in it */
	struct pl_idmap tables; /* set its arena; by offset of the unit */
	const struct pl_dwarf_unit *last;
};

/*
 * The name of file NUMBER, as the unit that has the DIE at OFFSET counts, into
 * *RET; NULL where that unit has no such file.
 */
struct pl_error *pl_dwarf_place_file(struct pl_dwarf_places *places, Dwarf_Off offset,
				     uint64_t number, const char **ret) PL_MUST_CHECK;

#endif
