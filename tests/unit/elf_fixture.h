/* SPDX-License-Identifier: MIT */
/* ELF files of every class and byte order, made in memory. */
#ifndef PAGELAP_TESTS_ELF_FIXTURE_H
#define PAGELAP_TESTS_ELF_FIXTURE_H

#include "read/elf/elf.h"

/* Bytes that grow; free `data`. */
struct writer {
	unsigned char *data;
	size_t size, capacity;
	bool big_endian;
};

/* Appends the low SIZE bytes of VALUE. */
void write_number(struct writer *writer, unsigned size, uint64_t value);

void write_bytes(struct writer *writer, const void *data, size_t size);

/* Appends zeros up to a multiple of ALIGN. */
void write_align(struct writer *writer, size_t align);

struct elf_part {
	const char *name;
	uint32_t type;
	uint64_t flags;
	uint32_t link, info;
	const void *data;
	size_t size;
};

struct elf_plan {
	unsigned bits;
	bool big_endian;
	uint16_t type, machine;
	const struct elf_part *parts; /* sections from 1 on; the table of their names follows */
	size_t n_parts;
	bool extended; /* count and name table in section 0, as with more than 65,279 sections */
};

/* Free ->data of what it returns. */
struct writer elf_build(const struct elf_plan *plan);

struct pl_bytes elf_bytes(const struct writer *file);

/* Where the section header INDEX, and within it the offset and size, lie in FILE. */
size_t elf_header_at(const struct elf_plan *plan, const struct writer *file, size_t index);

#endif
