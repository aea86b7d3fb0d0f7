/* SPDX-License-Identifier: MIT */
/*
 * A whole file as bytes. Regular files are mapped read-only, so that only the
 * pages that are looked at cost memory; files without a size (as in /sys and
 * /proc), which cannot be mapped, are read.
 */
#ifndef PAGELAP_SUPPORT_FILE_H
#define PAGELAP_SUPPORT_FILE_H

#include "support/cursor.h"
#include "support/error.h"

struct pl_file {
	struct pl_bytes bytes;
	bool mapped;
};

/* Opens PATH. Close *RET with pl_file_close(). The message of an error names PATH. */
struct pl_error *pl_file_open(const char *path, struct pl_file *ret) PL_MUST_CHECK;

/*
 * Gives back the memory of BYTES, which must lie in the mapping of a file:
 * they stay what they are, and are read from the file again when looked at.
 */
void pl_file_forget(struct pl_bytes bytes);

/* Releases the bytes; a zeroed FILE is allowed. Fits PL_CLEANUP. */
void pl_file_close(struct pl_file *file);

#endif
