/* SPDX-License-Identifier: MIT */
/*
 * Where all units define the wanted records: one pass over .debug_info that
 * looks at nothing but the names of records on the top level of each unit.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_INDEX_H
#define PAGELAP_READ_DWARF_DWARF_INDEX_H

#include "read/dwarf/dwarf_units.h"

/* One definition of a wanted record. */
struct pl_dwarf_hit {
	size_t unit;   /* into the units' list */
	size_t record; /* into the request's records */
	Dwarf_Off die;
	size_t shape; /* the same for definitions of one record that are alike; 0: not known */
};

struct pl_dwarf_index {
	struct pl_dwarf_hit *hits; /* in the order of the units' list, then of their offsets */
	size_t count, capacity;
	bool whole; /* false: there was something this pass does not know; libdwarf has to tell */
};

/* Adds a definition called NAME, if that is one of the wanted; INDEX grows in ARENA. */
struct pl_error *pl_dwarf_index_note(struct pl_dwarf_index *index, struct pl_arena *arena,
				     const struct pl_read_request *request, const char *name,
				     size_t unit, Dwarf_Off die) PL_MUST_CHECK;

/*
 * Fills RET, in ARENA. What is damaged ends the pass and is no error here. Where
 * all units are to be checked, definitions that are alike are told (dwarf_shape.h).
 */
struct pl_error *pl_dwarf_index_read(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				     const struct pl_read_request *request, struct pl_arena *arena,
				     struct pl_dwarf_index *ret) PL_MUST_CHECK;

#endif
