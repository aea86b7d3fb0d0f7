/* SPDX-License-Identifier: MIT */
/* Debug information that was split off into a file of its own. */
#ifndef PAGELAP_READ_ELF_DEBUGLINK_H
#define PAGELAP_READ_ELF_DEBUGLINK_H

#include "read/elf/elf.h"
#include "support/file.h"

/* An open separate debug file. */
struct pl_debug_file {
	const char *path;	 /* NULL: none was found */
	const char *passed_over; /* the first that was there and is not the one, with the reason */
	struct pl_file file;
	struct pl_elf elf;
};

/* Whether ELF has the debug information that is looked for. */
typedef bool pl_debug_file_test(const struct pl_elf *elf);

/*
 * Looks for the debug file of ELF, which was read from PATH, where gdb looks:
 * by build-id under DEBUG_DIR/.build-id; by the name in .gnu_debuglink beside
 * the file, in .debug/ beside it, and under DEBUG_DIR. One that does not
 * belong to ELF (other build-id; without one, other checksum), cannot be read
 * or fails HAS_DEBUG is passed over; so is ELF itself, without a word. Strings
 * and tables live in ARENA; close ret->file.
 */
struct pl_error *pl_debuglink_open(const struct pl_elf *elf, const char *path,
				   const char *debug_dir, pl_debug_file_test *has_debug,
				   struct pl_arena *arena, struct pl_debug_file *ret) PL_MUST_CHECK;

#endif
