/* SPDX-License-Identifier: MIT */
/* What an architecture is called, and how its relocations for data work. */
#include "read/elf/elf_machine.h"

#include <elf.h>

/* Not in <elf.h>, or newer than that of some systems. */
#define EM_HEXAGON 164
#ifndef EM_ARC_V2
#define EM_ARC_V2 195
#endif
#ifndef EM_BPF
#define EM_BPF 247
#endif
#ifndef EM_CSKY
#define EM_CSKY 252
#endif
#ifndef EM_LOONGARCH
#define EM_LOONGARCH 258
#endif

struct machine_name {
	uint16_t machine;
	unsigned bits;	/* 0: either */
	int big_endian; /* -1: either */
	const char *name;
};

static const struct machine_name machine_names[] = {
	{EM_X86_64, 0, -1, "x86_64"},
	{EM_386, 0, -1, "i386"},
	{EM_AARCH64, 0, 0, "arm64"},
	{EM_AARCH64, 0, 1, "arm64be"},
	{EM_ARM, 0, 0, "arm"},
	{EM_ARM, 0, 1, "armeb"},
	{EM_PPC64, 0, 0, "ppc64le"},
	{EM_PPC64, 0, 1, "ppc64"},
	{EM_PPC, 0, -1, "ppc"},
	{EM_S390, 64, -1, "s390x"},
	{EM_S390, 32, -1, "s390"},
	{EM_RISCV, 64, -1, "riscv64"},
	{EM_RISCV, 32, -1, "riscv32"},
	{EM_MIPS, 64, 0, "mips64el"},
	{EM_MIPS, 64, 1, "mips64"},
	{EM_MIPS, 32, 0, "mipsel"},
	{EM_MIPS, 32, 1, "mips"},
	{EM_LOONGARCH, 64, -1, "loongarch64"},
	{EM_LOONGARCH, 32, -1, "loongarch32"},
	{EM_68K, 0, -1, "m68k"},
	{EM_SPARCV9, 0, -1, "sparc64"},
	{EM_SPARC, 0, -1, "sparc"},
	{EM_PARISC, 64, -1, "parisc64"},
	{EM_PARISC, 32, -1, "parisc"},
	{EM_SH, 0, -1, "sh"},
	{EM_ALPHA, 0, -1, "alpha"},
	{EM_XTENSA, 0, -1, "xtensa"},
	{EM_ARC_V2, 0, -1, "arc"},
	{EM_HEXAGON, 0, -1, "hexagon"},
	{EM_CSKY, 0, -1, "csky"},
	{EM_BPF, 0, -1, "bpf"},
};

const char *pl_elf_arch(const struct pl_elf *elf)
{
	for (size_t i = 0; i < sizeof(machine_names) / sizeof(*machine_names); i++) {
		const struct machine_name *m = &machine_names[i];

		if (m->machine == elf->machine && (!m->bits || m->bits == elf->bits) &&
		    (m->big_endian < 0 || m->big_endian == elf->big_endian))
			return m->name;
	}
	return NULL;
}

struct relocation_row {
	uint16_t machine;
	uint16_t first, last; /* types */
	struct pl_relocation_how how;
};

/*
 * From each architecture's psABI. Only what compilers put into debug
 * information: absolute words, and the add/subtract pairs that RISC-V and
 * LoongArch use for distances which the linker may still change. Words that
 * hold a PC-relative or TLS value never describe a type; they are left alone.
 */
static const struct relocation_row relocation_rows[] = {
	{EM_X86_64, R_X86_64_NONE, R_X86_64_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_X86_64, R_X86_64_64, R_X86_64_64, {PL_RELOCATE_SET, 8}},
	{EM_X86_64, R_X86_64_PC32, R_X86_64_PC32, {PL_RELOCATE_NOT, 0}},
	{EM_X86_64, R_X86_64_32, R_X86_64_32S, {PL_RELOCATE_SET, 4}},
	{EM_X86_64, R_X86_64_DTPOFF64, R_X86_64_TPOFF64, {PL_RELOCATE_NOT, 0}},
	{EM_X86_64, R_X86_64_DTPOFF32, R_X86_64_DTPOFF32, {PL_RELOCATE_NOT, 0}},
	{EM_386, R_386_NONE, R_386_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_386, R_386_32, R_386_32, {PL_RELOCATE_SET, 4}},
	{EM_386, R_386_PC32, R_386_PC32, {PL_RELOCATE_NOT, 0}},
	{EM_386, R_386_TLS_LDO_32, R_386_TLS_LDO_32, {PL_RELOCATE_NOT, 0}},
	{EM_AARCH64, R_AARCH64_NONE, R_AARCH64_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_AARCH64, R_AARCH64_ABS64, R_AARCH64_ABS64, {PL_RELOCATE_SET, 8}},
	{EM_AARCH64, R_AARCH64_ABS32, R_AARCH64_ABS32, {PL_RELOCATE_SET, 4}},
	{EM_AARCH64, R_AARCH64_PREL64, R_AARCH64_PREL16, {PL_RELOCATE_NOT, 0}},
	{EM_ARM, R_ARM_NONE, R_ARM_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_ARM, R_ARM_ABS32, R_ARM_ABS32, {PL_RELOCATE_SET, 4}},
	{EM_ARM, R_ARM_REL32, R_ARM_REL32, {PL_RELOCATE_NOT, 0}},
	{EM_ARM, R_ARM_TLS_LDO32, R_ARM_TLS_LDO32, {PL_RELOCATE_NOT, 0}},
	{EM_PPC64, R_PPC64_NONE, R_PPC64_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_PPC64, R_PPC64_ADDR32, R_PPC64_ADDR32, {PL_RELOCATE_SET, 4}},
	{EM_PPC64, R_PPC64_ADDR64, R_PPC64_ADDR64, {PL_RELOCATE_SET, 8}},
	{EM_PPC64, R_PPC64_REL32, R_PPC64_REL32, {PL_RELOCATE_NOT, 0}},
	{EM_PPC64, R_PPC64_DTPREL64, R_PPC64_DTPREL64, {PL_RELOCATE_NOT, 0}},
	{EM_PPC, R_PPC_NONE, R_PPC_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_PPC, R_PPC_ADDR32, R_PPC_ADDR32, {PL_RELOCATE_SET, 4}},
	{EM_PPC, R_PPC_DTPREL32, R_PPC_DTPREL32, {PL_RELOCATE_NOT, 0}},
	{EM_S390, R_390_NONE, R_390_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_S390, R_390_32, R_390_32, {PL_RELOCATE_SET, 4}},
	{EM_S390, R_390_64, R_390_64, {PL_RELOCATE_SET, 8}},
	{EM_S390, R_390_TLS_LDO32, R_390_TLS_LDO64, {PL_RELOCATE_NOT, 0}},
	{EM_MIPS, R_MIPS_NONE, R_MIPS_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_MIPS, R_MIPS_32, R_MIPS_32, {PL_RELOCATE_SET, 4}},
	{EM_MIPS, R_MIPS_64, R_MIPS_64, {PL_RELOCATE_SET, 8}},
	{EM_MIPS, R_MIPS_TLS_DTPREL32, R_MIPS_TLS_DTPREL32, {PL_RELOCATE_NOT, 0}},
	{EM_MIPS, R_MIPS_TLS_DTPREL64, R_MIPS_TLS_DTPREL64, {PL_RELOCATE_NOT, 0}},
	{EM_RISCV, 0, 0, {PL_RELOCATE_NOT, 0}},
	{EM_RISCV, 1, 1, {PL_RELOCATE_SET, 4}},
	{EM_RISCV, 2, 2, {PL_RELOCATE_SET, 8}},
	{EM_RISCV, 8, 9, {PL_RELOCATE_NOT, 0}}, /* TLS_DTPREL32, 64 */
	{EM_RISCV, 33, 33, {PL_RELOCATE_ADD, 1}},
	{EM_RISCV, 34, 34, {PL_RELOCATE_ADD, 2}},
	{EM_RISCV, 35, 35, {PL_RELOCATE_ADD, 4}},
	{EM_RISCV, 36, 36, {PL_RELOCATE_ADD, 8}},
	{EM_RISCV, 37, 37, {PL_RELOCATE_SUBTRACT, 1}},
	{EM_RISCV, 38, 38, {PL_RELOCATE_SUBTRACT, 2}},
	{EM_RISCV, 39, 39, {PL_RELOCATE_SUBTRACT, 4}},
	{EM_RISCV, 40, 40, {PL_RELOCATE_SUBTRACT, 8}},
	{EM_RISCV, 51, 51, {PL_RELOCATE_NOT, 0}}, /* RELAX */
	{EM_RISCV, 52, 53, {PL_RELOCATE_NOT, 0}}, /* SUB6, SET6: call frames only */
	{EM_RISCV, 54, 54, {PL_RELOCATE_SET, 1}},
	{EM_RISCV, 55, 55, {PL_RELOCATE_SET, 2}},
	{EM_RISCV, 56, 56, {PL_RELOCATE_SET, 4}},
	{EM_RISCV, 57, 57, {PL_RELOCATE_NOT, 0}}, /* 32_PCREL */
	{EM_RISCV, 60, 61, {PL_RELOCATE_NOT, 0}}, /* ULEB128: line rows, ranges */
	{EM_LOONGARCH, 0, 0, {PL_RELOCATE_NOT, 0}},
	{EM_LOONGARCH, 1, 1, {PL_RELOCATE_SET, 4}},
	{EM_LOONGARCH, 2, 2, {PL_RELOCATE_SET, 8}},
	{EM_LOONGARCH, 8, 9, {PL_RELOCATE_NOT, 0}}, /* TLS_DTPREL32, 64 */
	{EM_LOONGARCH, 47, 47, {PL_RELOCATE_ADD, 1}},
	{EM_LOONGARCH, 48, 48, {PL_RELOCATE_ADD, 2}},
	{EM_LOONGARCH, 50, 50, {PL_RELOCATE_ADD, 4}},
	{EM_LOONGARCH, 51, 51, {PL_RELOCATE_ADD, 8}},
	{EM_LOONGARCH, 52, 52, {PL_RELOCATE_SUBTRACT, 1}},
	{EM_LOONGARCH, 53, 53, {PL_RELOCATE_SUBTRACT, 2}},
	{EM_LOONGARCH, 55, 55, {PL_RELOCATE_SUBTRACT, 4}},
	{EM_LOONGARCH, 56, 56, {PL_RELOCATE_SUBTRACT, 8}},
	{EM_LOONGARCH, 99, 100, {PL_RELOCATE_NOT, 0}},	/* 32_PCREL, RELAX */
	{EM_LOONGARCH, 105, 106, {PL_RELOCATE_NOT, 0}}, /* ADD6, SUB6 */
	{EM_LOONGARCH, 107, 108, {PL_RELOCATE_NOT, 0}}, /* ULEB128 */
	{EM_SPARC, R_SPARC_NONE, R_SPARC_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_SPARC, R_SPARC_32, R_SPARC_32, {PL_RELOCATE_SET, 4}},
	{EM_SPARC, R_SPARC_UA32, R_SPARC_UA32, {PL_RELOCATE_SET, 4}},
	{EM_SPARC, R_SPARC_TLS_DTPOFF32, R_SPARC_TLS_DTPOFF32, {PL_RELOCATE_NOT, 0}},
	{EM_SPARCV9, R_SPARC_NONE, R_SPARC_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_SPARCV9, R_SPARC_32, R_SPARC_32, {PL_RELOCATE_SET, 4}},
	{EM_SPARCV9, R_SPARC_UA32, R_SPARC_UA32, {PL_RELOCATE_SET, 4}},
	{EM_SPARCV9, R_SPARC_64, R_SPARC_64, {PL_RELOCATE_SET, 8}},
	{EM_SPARCV9, R_SPARC_UA64, R_SPARC_UA64, {PL_RELOCATE_SET, 8}},
	{EM_SPARCV9, R_SPARC_TLS_DTPOFF64, R_SPARC_TLS_DTPOFF64, {PL_RELOCATE_NOT, 0}},
	{EM_68K, R_68K_NONE, R_68K_NONE, {PL_RELOCATE_NOT, 0}},
	{EM_68K, R_68K_32, R_68K_32, {PL_RELOCATE_SET, 4}},
	{EM_ARC_V2, 0, 0, {PL_RELOCATE_NOT, 0}},
	{EM_ARC_V2, 4, 4, {PL_RELOCATE_SET, 4}},
	{EM_HEXAGON, 0, 0, {PL_RELOCATE_NOT, 0}},
	{EM_HEXAGON, 6, 6, {PL_RELOCATE_SET, 4}},
	{EM_CSKY, 0, 0, {PL_RELOCATE_NOT, 0}},
	{EM_CSKY, 1, 1, {PL_RELOCATE_SET, 4}},
	{EM_BPF, 0, 1, {PL_RELOCATE_NOT, 0}},	/* 1, 64_64: of instructions and addresses */
	{EM_BPF, 2, 2, {PL_RELOCATE_SET, 8}},	/* 64_ABS64 */
	{EM_BPF, 3, 4, {PL_RELOCATE_SET, 4}},	/* 64_ABS32, 64_NODYLD32 */
	{EM_BPF, 10, 10, {PL_RELOCATE_SET, 4}}, /* 64_32, which LLVM 12 and older use for it */
};

bool pl_elf_relocation_how(uint16_t machine, uint32_t type, struct pl_relocation_how *ret)
{
	for (size_t i = 0; i < sizeof(relocation_rows) / sizeof(*relocation_rows); i++) {
		const struct relocation_row *row = &relocation_rows[i];

		if (row->machine == machine && type >= row->first && type <= row->last) {
			*ret = row->how;
			return true;
		}
	}
	return false;
}
