/* SPDX-License-Identifier: MIT */
/* How relocations act, per machine. */
#ifndef PAGELAP_READ_ELF_ELF_MACHINE_H
#define PAGELAP_READ_ELF_ELF_MACHINE_H

#include "read/elf/elf.h"

enum pl_relocation_action {
	PL_RELOCATE_NOT,      /* known, and of no concern for data that describes types */
	PL_RELOCATE_SET,      /* the word becomes symbol + addend */
	PL_RELOCATE_ADD,      /* symbol + addend is added to the word */
	PL_RELOCATE_SUBTRACT, /* and here subtracted from it */
};

struct pl_relocation_how {
	enum pl_relocation_action action;
	unsigned size; /* of the word, in bytes */
};

/* How a relocation of TYPE acts on MACHINE; false when that is not known here. */
bool pl_elf_relocation_how(uint16_t machine, uint32_t type, struct pl_relocation_how *ret);

#endif
