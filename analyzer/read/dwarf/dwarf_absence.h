/* SPDX-License-Identifier: MIT */
/* Telling that a name is not there without reading every unit. */
#ifndef PAGELAP_READ_DWARF_DWARF_ABSENCE_H
#define PAGELAP_READ_DWARF_DWARF_ABSENCE_H

#include "read/dwarf/dwarf_units.h"

/*
 * Sets *RET when no unit can define a record called NAME, because the string
 * does not occur. That is a proof only where compilers put every name of its
 * length into .debug_str: gcc stores one inline when it is no longer than an
 * offset, or when the linker could not merge the section; clang never does;
 * dwz may. Where there is no proof *RET is false.
 */
struct pl_error *pl_dwarf_is_absent(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				    const char *name, bool *ret) PL_MUST_CHECK;

#endif
