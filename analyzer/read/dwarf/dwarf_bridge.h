/* SPDX-License-Identifier: MIT */
/*
 * libdwarf as pagelap sees it. Its interface changed between the release of
 * 2021-05-28 (Debian 12) and 0.11 (Debian 13) under the same soname; every
 * difference is dealt with in dwarf_bridge.c and nowhere else.
 *
 * libdwarf's own bookkeeping of allocations is switched off, as it costs half
 * of the time: whoever gets a DIE or an attribute list gives it back.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_BRIDGE_H
#define PAGELAP_READ_DWARF_DWARF_BRIDGE_H

#include <dwarf.h>
#include <libdwarf.h>

#include "read/elf/elf.h"

struct pl_dwarf_section {
	const struct pl_elf_section *section; /* NULL: the null section that libdwarf expects */
	const char *name; /* of the plain section: ".debug_info", also of a .dwo */
	uint64_t size;	  /* of the plain section */
	bool loaded;
	struct pl_bytes bytes;
};

enum { PL_DWARF_SECTIONS = 16 };

/* An open file. The object's address must not change while it is open. */
struct pl_dwarf {
	const struct pl_elf *elf;
	bool dwo;		/* it is the sections for a .dwo file that are read */
	struct pl_arena *arena; /* of decompressed and relocated sections; not owned */
	Dwarf_Debug debug;
	struct pl_dwarf_section sections[PL_DWARF_SECTIONS];
	size_t n_sections;
	struct pl_error *load_error; /* why a section could not be given to libdwarf */
};

/* Whether ELF has DWARF that describes types: with DWO, in sections for a .dwo file. */
bool pl_dwarf_is_in(const struct pl_elf *elf, bool dwo);

/*
 * Opens the DWARF of ELF, which must outlive *DWARF, as must ARENA. With DWO
 * its sections for a .dwo file (".debug_info.dwo") are taken, and go by their
 * plain names; a file may have both. Close it with pl_dwarf_close(), also after
 * an error. An error if the libdwarf that is loaded is not of the kind that
 * pagelap was built for.
 */
struct pl_error *pl_dwarf_open(const struct pl_elf *elf, bool dwo, struct pl_arena *arena,
			       struct pl_dwarf *dwarf) PL_MUST_CHECK;

/* Fits PL_CLEANUP; a zeroed DWARF is allowed. */
void pl_dwarf_close(struct pl_dwarf *dwarf);

/* The plain bytes of the section called NAME, for reading beside libdwarf; none if there is none.
 */
struct pl_error *pl_dwarf_bytes(struct pl_dwarf *dwarf, const char *name,
				struct pl_bytes *ret) PL_MUST_CHECK;

/*
 * Gives back the memory of the sections as far as they are still in the file:
 * a pass over all units need not keep what it has passed. Call it now and then.
 */
void pl_dwarf_forget(const struct pl_dwarf *dwarf);

/*
 * The error for a libdwarf call that returned DW_DLV_ERROR with ERROR, which
 * is given back: what libdwarf said, or why a section could not be loaded.
 */
struct pl_error *pl_dwarf_error(struct pl_dwarf *dwarf, Dwarf_Error error) PL_MUST_CHECK;

/* The offset in .debug_info of the DIE that ATTRIBUTE refers to. */
struct pl_error *pl_dwarf_ref(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
			      Dwarf_Off *ret) PL_MUST_CHECK;

/*
 * The text of ATTRIBUTE, in the file's own bytes; NULL if it is in a
 * supplementary file (dwz -m), for which libdwarf makes up a text.
 */
struct pl_error *pl_dwarf_text(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
			       const char **ret) PL_MUST_CHECK;

/* The error for what is needed and is in a supplementary file. */
struct pl_error *pl_dwarf_elsewhere(void) PL_MUST_CHECK;

/* Gives DIE back; NULL is allowed. Fits PL_CLEANUP on a Dwarf_Die. */
void pl_dwarf_die_cleanup(Dwarf_Die *die);

#endif
