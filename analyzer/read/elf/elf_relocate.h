/* SPDX-License-Identifier: MIT */
/* Applying the relocations of relocatable files (.o, .ko). */
#ifndef PAGELAP_READ_ELF_ELF_RELOCATE_H
#define PAGELAP_READ_ELF_ELF_RELOCATE_H

#include "read/elf/elf.h"

/* Whether ELF has relocations for section INDEX that must be applied: not in linked files,
 * whose sections are final even where the linker left relocations in (--emit-relocs). */
bool pl_elf_relocates(const struct pl_elf *elf, size_t index);

/* Applies them to DATA, the SIZE plain bytes of section INDEX. */
struct pl_error *pl_elf_relocate(const struct pl_elf *elf, size_t index, unsigned char *data,
				 size_t size) PL_MUST_CHECK;

#endif
