/* SPDX-License-Identifier: MIT */
/* From the DIEs of one unit to the type graph. */
#ifndef PAGELAP_READ_DWARF_DWARF_TYPES_H
#define PAGELAP_READ_DWARF_DWARF_TYPES_H

#include "read/dwarf/dwarf_bridge.h"
#include "read/dwarf/dwarf_places.h"
#include "read/types.h"
#include "support/idmap.h"

/* The conversion of one unit. Everything it makes lives in `arena`. */
struct pl_dwarf_types {
	struct pl_dwarf *dwarf;
	struct pl_arena *arena;
	struct pl_idmap nodes;		/* by DIE offset */
	struct pl_dwarf_places *places; /* NULL: nobody asks where things are declared */
};

/* The type of the DIE at OFFSET, as it is needed by value: records below it are complete. */
struct pl_error *pl_dwarf_type(struct pl_dwarf_types *types, Dwarf_Off offset,
			       const struct pl_type **ret) PL_MUST_CHECK;

#endif
