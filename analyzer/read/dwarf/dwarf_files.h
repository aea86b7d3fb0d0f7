/* SPDX-License-Identifier: MIT */
/* The source files of a unit, as DW_AT_decl_file numbers them. */
#ifndef PAGELAP_READ_DWARF_DWARF_FILES_H
#define PAGELAP_READ_DWARF_DWARF_FILES_H

#include "read/dwarf/dwarf_units.h"

/*
 * Fills *FILES, an array of *COUNT names in ARENA that DW_AT_decl_file of UNIT
 * indexes directly; paths below the directory the unit was compiled in, or below
 * ROOT, are relative to it. Entries may be NULL.
 * A unit without a usable line table has no files: that is no error, as it
 * costs a report nothing but its places.
 */
struct pl_error *pl_dwarf_files(struct pl_dwarf *dwarf, const struct pl_dwarf_unit *unit,
				const char *root, struct pl_arena *arena, const char *const **files,
				size_t *count) PL_MUST_CHECK;

#endif
