/* SPDX-License-Identifier: MIT */
/* Where one unit defines the wanted records, told by libdwarf. */
#ifndef PAGELAP_READ_DWARF_DWARF_WALK_H
#define PAGELAP_READ_DWARF_DWARF_WALK_H

#include "read/dwarf/dwarf_index.h"

/* Adds the definitions in unit NUMBER of UNITS to INDEX, in ARENA. */
struct pl_error *pl_dwarf_walk(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
			       size_t number, const struct pl_read_request *request,
			       struct pl_arena *arena, struct pl_dwarf_index *index) PL_MUST_CHECK;

#endif
