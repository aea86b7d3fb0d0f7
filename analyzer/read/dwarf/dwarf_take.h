/* SPDX-License-Identifier: MIT */
/* Taking definitions out of units: the first of a record is kept, others are held against it. */
#ifndef PAGELAP_READ_DWARF_DWARF_TAKE_H
#define PAGELAP_READ_DWARF_DWARF_TAKE_H

#include "read/definitions.h"
#include "read/dwarf/dwarf_index.h"

struct pl_dwarf_split;

/* What reads one file, or of a kernel whose DWARF is split, one file of it. */
struct pl_dwarf_reader {
	const char *path; /* of the kernel's file */
	struct pl_dwarf *dwarf;
	struct pl_arena *arena;
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_dwarf_units units;
	struct pl_definitions definitions; /* of all files of a kernel */
	Dwarf_Off *first; /* per wanted record: the DIE of this file that was taken; 0: none was */
	size_t n_read;	  /* of the units, in their order: what they define was looked for */
	size_t missing;	  /* wanted records that are neither found nor proven absent */
	bool shares;	  /* some of the DWARF is in a file that others have in common with this */
	struct pl_dwarf_split *split;	      /* the .dwo file that was read last */
	struct pl_dwarf *lines;		      /* what has the tables of source files */
	const struct pl_dwarf_unit *skeleton; /* whose table; NULL: each unit's own */
	const char *root;		      /* as pl_dwarf_files() takes it */
};

/*
 * Takes COUNT definitions, all of the same unit: each that is the first of its
 * record, and with COMPARE the others, too. An error names the unit.
 */
struct pl_error *pl_dwarf_take(struct pl_dwarf_reader *reader, const struct pl_dwarf_hit *hits,
			       size_t count, bool compare) PL_MUST_CHECK;

/* ERROR, which may be NULL, with the name of UNIT before it. */
struct pl_error *pl_dwarf_in_unit(const struct pl_dwarf_unit *unit,
				  struct pl_error *error) PL_MUST_CHECK;

#endif
