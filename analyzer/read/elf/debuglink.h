/* SPDX-License-Identifier: MIT */
/* Debug information that was split off into a file of its own. */
#ifndef PAGELAP_READ_ELF_DEBUGLINK_H
#define PAGELAP_READ_ELF_DEBUGLINK_H

#include "read/elf/elf.h"
#include "support/file.h"

/* An open separate debug file. */
struct pl_debug_file {
	const char *path; /* NULL: none was found */
	struct pl_file file;
	struct pl_elf elf;
};

/*
 * Looks for the debug file of ELF, which was read from PATH, where gdb looks:
 * by build-id under DEBUG_DIR/.build-id; by the name in .gnu_debuglink beside
 * the file, in .debug/ beside it, and under DEBUG_DIR. One that does not
 * belong to ELF (other build-id; without one, other checksum) is passed over.
 * Strings and tables live in ARENA; close ret->file.
 */
struct pl_error *pl_debuglink_open(const struct pl_elf *elf, const char *path,
				   const char *debug_dir, struct pl_arena *arena,
				   struct pl_debug_file *ret) PL_MUST_CHECK;

#endif
