/* SPDX-License-Identifier: MIT */
/*
 * ELF files of either class and byte order, as bounded views into bytes that
 * somebody else owns. Facts of the format: the System V ABI, chapters 4 and 5,
 * and its extensions for more than 65,279 sections and compressed sections.
 */
#ifndef PAGELAP_READ_ELF_ELF_H
#define PAGELAP_READ_ELF_ELF_H

#include "support/arena.h"
#include "support/cursor.h"

struct pl_elf_section {
	const char *name; /* "" if the string table does not hold it */
	uint32_t type;
	uint64_t flags, address, offset, size, entry_size;
	uint32_t link, info;
};

struct pl_elf {
	struct pl_bytes bytes;
	bool mapped; /* the bytes are the mapping of a file; whoever knows says so */
	bool big_endian;
	unsigned bits; /* 32 or 64 */
	uint16_t type, machine;
	uint32_t flags;
	struct pl_elf_section *sections; /* [0] is the null section */
	size_t n_sections;
};

/* Whether BYTES begin like an ELF file. */
bool pl_elf_detect(struct pl_bytes bytes);

/*
 * Parses the header and the section headers of BYTES. The section table lives
 * in ARENA, names point into BYTES. An error when the file is cut short, or
 * a header contradicts itself.
 */
struct pl_error *pl_elf_parse(struct pl_arena *arena, struct pl_bytes bytes,
			      struct pl_elf *ret) PL_MUST_CHECK;

/* The first section called NAME, or NULL. */
const struct pl_elf_section *pl_elf_section(const struct pl_elf *elf, const char *name);

/*
 * The bytes of SECTION as stored. An error naming the section when they leave
 * the file; no bytes at all for a section that occupies none (SHT_NOBITS).
 */
struct pl_error *pl_elf_section_bytes(const struct pl_elf *elf,
				      const struct pl_elf_section *section,
				      struct pl_bytes *ret) PL_MUST_CHECK;

/*
 * The bytes of SECTION as the program would see them: decompressed (SHF_COMPRESSED
 * with zlib or zstd, and the older .zdebug form), and, in a relocatable file, with its
 * relocations applied. Views into the file where nothing had to be done, otherwise in
 * ARENA. An error names the section: unknown compression, relocations this machine's
 * table does not know, sizes that lie.
 */
struct pl_error *pl_elf_section_load(const struct pl_elf *elf, const struct pl_elf_section *section,
				     struct pl_arena *arena, struct pl_bytes *ret) PL_MUST_CHECK;

/* Whether SECTION holds compressed data, and what size and name it has once decompressed. */
struct pl_error *pl_elf_section_plain(const struct pl_elf *elf,
				      const struct pl_elf_section *section, struct pl_arena *arena,
				      const char **name, uint64_t *size) PL_MUST_CHECK;

/*
 * The architecture as kernel people call it ("x86_64", "ppc64le", "s390x"), from machine,
 * class and byte order; NULL for one that has no name here.
 */
const char *pl_elf_arch(const struct pl_elf *elf);

/*
 * Looks through the notes of ELF for one of TYPE with owner NAME. *RET is its
 * descriptor; false if there is none.
 */
bool pl_elf_note(const struct pl_elf *elf, const char *name, uint32_t type, struct pl_bytes *ret);

/* The GNU build-id as lower-case hex in ARENA; NULL if there is none. */
const char *pl_elf_build_id(const struct pl_elf *elf, struct pl_arena *arena);

#endif
