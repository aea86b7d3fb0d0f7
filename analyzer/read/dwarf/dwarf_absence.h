/* SPDX-License-Identifier: MIT */
/* Telling that a name is not there without reading every unit. */
#ifndef PAGELAP_READ_DWARF_DWARF_ABSENCE_H
#define PAGELAP_READ_DWARF_DWARF_ABSENCE_H

#include "read/dwarf/dwarf_units.h"

/*
 * Sets *RET when no unit can define a record called NAME, because the string
 * does not occur: neither among the strings, nor in line, where gcc has those
 * that are no longer than an offset, or all of a unit (-fno-merge-debug-strings).
 * Where units are split, or dwz has been at work, *RET is false.
 */
struct pl_error *pl_dwarf_is_absent(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				    const char *name, bool *ret) PL_MUST_CHECK;

#endif
