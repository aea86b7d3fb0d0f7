/* SPDX-License-Identifier: MIT */
/* Reading DWARF with libdwarf: the only folder that includes its headers. */
#ifndef PAGELAP_READ_DWARF_DWARF_READ_H
#define PAGELAP_READ_DWARF_DWARF_READ_H

#include "read/elf/elf.h"
#include "read/read.h"

/* Whether ELF has DWARF that describes types, or, being a .dwo file, what is split off of it. */
bool pl_dwarf_detect(const struct pl_elf *elf);

/*
 * Adds the wanted records that the DWARF of ELF, which is the file PATH, defines
 * to TARGET, and the compiler's name where that is not known yet. The .dwo files
 * that its units name are read as they are needed; one that is missing then is
 * an error.
 *
 * Units are read in the request's order until all records are found; one that
 * cannot be there ends nothing. With request->check_all_units every unit is
 * read, and a record that units define differently becomes a finding.
 */
struct pl_error *pl_dwarf_read(const char *path, const struct pl_elf *elf,
			       const struct pl_read_request *request,
			       struct pl_target *target) PL_MUST_CHECK;

#endif
