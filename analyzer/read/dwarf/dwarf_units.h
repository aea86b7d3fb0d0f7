/* SPDX-License-Identifier: MIT */
/* The units of .debug_info: all of them, in the order in which they are worth a look. */
#ifndef PAGELAP_READ_DWARF_DWARF_UNITS_H
#define PAGELAP_READ_DWARF_DWARF_UNITS_H

#include "read/dwarf/dwarf_bridge.h"
#include "read/read.h"

/* After how many units a pass gives memory back: some 20 MB of a kernel's. */
enum { PL_DWARF_FORGET_UNITS = 256 };

struct pl_dwarf_unit {
	Dwarf_Off die;	       /* offset of its first DIE in .debug_info */
	uint64_t offset, size; /* of the unit, header included */
	Dwarf_Half version;
	const char *name;      /* of its source file; NULL if it does not say */
	const char *directory; /* in which it was compiled; NULL if it does not say */
	const char *dwo_name;  /* of a skeleton: the file that its types are in; otherwise NULL */
	uint64_t dwo_id;       /* what a skeleton and its unit in that file have in common */
	size_t rank;  /* 0: matches the first glob of the request's unit_order, and so on */
	bool partial; /* DW_TAG_partial_unit, as dwz makes them */
	bool c_language;
};

struct pl_dwarf_units {
	struct pl_dwarf_unit *list;
	size_t count, capacity;
	bool any_partial, any_split;
	bool any_types;	  /* type units, each with one type apart from all others */
	const char *root; /* the longest directory that all C units are in; "" if there is none */
};

/*
 * Reads all unit headers, in ARENA, sorted by rank and then by offset. An
 * error unless the units fill .debug_info to its last byte: libdwarf ends the
 * iteration without one at a hole.
 */
struct pl_error *pl_dwarf_units_read(struct pl_dwarf *dwarf, const struct pl_read_request *request,
				     struct pl_arena *arena,
				     struct pl_dwarf_units *ret) PL_MUST_CHECK;

#endif
