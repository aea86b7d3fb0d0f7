/* SPDX-License-Identifier: MIT */
/*
 * What a definition is, as bytes: two definitions with the same shape give the
 * same type graph, places of declaration aside. All units of a kernel define
 * struct page alike, and to see that takes no type graph for each.
 *
 * A shape holds what dwarf_types.c looks at, in the same way: records below the
 * definition with all their members, those behind a pointer by their names.
 * Two that differ may be definitions that do not: then the graphs tell.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_SHAPE_H
#define PAGELAP_READ_DWARF_DWARF_SHAPE_H

#include "read/dwarf/dwarf_raw.h"
#include "support/strbuf.h"

/*
 * Sets RET to the shape of the definition at OFFSET of .debug_info, in UNIT.
 * False where something is damaged, not known here, or nested too deep: there
 * is no shape then. A lack of memory is a failed RET.
 */
bool pl_dwarf_shape(const struct pl_raw_unit *unit, uint64_t offset, struct pl_strbuf *ret);

#endif
