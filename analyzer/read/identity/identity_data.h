/* SPDX-License-Identifier: MIT */
/* What the parts of this folder share. */
#ifndef PAGELAP_READ_IDENTITY_IDENTITY_DATA_H
#define PAGELAP_READ_IDENTITY_IDENTITY_DATA_H

#include "read/elf/elf.h"
#include "read/read.h"
#include "support/file.h"

/*
 * The next section of ELF, from *INDEX on, that holds a kernel's data; *INDEX
 * is then behind it. Code, and debug information, which is many times as
 * large, is passed over. False if there is none.
 */
bool pl_identity_next_data(const struct pl_elf *elf, size_t *index, struct pl_bytes *ret);

/* Opens PATH if that is possible; *RET holds no bytes if it is not. Only fails without memory. */
struct pl_error *pl_identity_try_file(const char *path, struct pl_file *ret) PL_MUST_CHECK;

#endif
