/* SPDX-License-Identifier: MIT */
/*
 * Split DWARF (gcc and clang -gsplit-dwarf, CONFIG_DEBUG_INFO_SPLIT): a unit of
 * the kernel is a skeleton, and its types are in a .dwo file that it names.
 * Facts: DWARF 5, sections 3.1.2 and 7.3.2; gcc's form of it for DWARF 4.
 */
#ifndef PAGELAP_READ_DWARF_DWARF_SPLIT_H
#define PAGELAP_READ_DWARF_DWARF_SPLIT_H

#include "read/dwarf/dwarf_units.h"
#include "support/file.h"

/* An open .dwo file. The object's address must not change while it is open. */
struct pl_dwarf_split {
	struct pl_arena *arena;	      /* of all that was read of it */
	const char *name, *directory; /* what its skeletons call it, and from where */
	const char *path;
	struct pl_file file;
	struct pl_elf elf;
	struct pl_dwarf dwarf;
	struct pl_dwarf_units units;
	size_t unit; /* in the list: the one that belongs to the skeleton */
};

/*
 * Opens the file that SKELETON, of the file PATH, names: under the directory in
 * which it was compiled, under that of PATH, and right beside PATH, as kernels
 * are moved. One that does not have the unit with the skeleton's number is of
 * another build, and passed over. An error if there is none, or one cannot be
 * read; only regular files are opened.
 * SPLIT, which may be zeroed, stays open if it is that file: with link-time
 * optimisation many units are in one. Close it with pl_dwarf_split_close(),
 * also after an error.
 */
struct pl_error *pl_dwarf_split_open(const struct pl_dwarf_unit *skeleton, const char *path,
				     const struct pl_read_request *request,
				     struct pl_dwarf_split *split) PL_MUST_CHECK;

/* Fits PL_CLEANUP; a zeroed SPLIT is allowed. */
void pl_dwarf_split_close(struct pl_dwarf_split *split);

#endif
