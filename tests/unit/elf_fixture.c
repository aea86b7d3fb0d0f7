/* SPDX-License-Identifier: MIT */
#include "elf_fixture.h"

#include <elf.h>
#include <stdlib.h>

#include "testing.h"

void write_bytes(struct writer *writer, const void *data, size_t size)
{
	size_t capacity = writer->capacity ? writer->capacity : 256;

	while (capacity <= writer->size + size)
		capacity *= 2;
	if (capacity != writer->capacity)
		writer->data = realloc(writer->data, capacity);
	assert_non_null(writer->data);
	writer->capacity = capacity;
	if (size)
		memcpy(writer->data + writer->size, data, size);
	writer->size += size;
}

void write_number(struct writer *writer, unsigned size, uint64_t value)
{
	unsigned char bytes[8];

	pl_bytes_put(bytes, size, writer->big_endian, value);
	write_bytes(writer, bytes, size);
}

void write_align(struct writer *writer, size_t align)
{
	while (writer->size % align)
		write_number(writer, 1, 0);
}

struct pl_bytes elf_bytes(const struct writer *file)
{
	return (struct pl_bytes){file->data, file->size};
}

static size_t header_size(const struct elf_plan *plan)
{
	return plan->bits == 64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
}

static size_t entry_size(const struct elf_plan *plan)
{
	return plan->bits == 64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
}

size_t elf_header_at(const struct elf_plan *plan, const struct writer *file, size_t index)
{
	return file->size - (plan->n_parts + 2 - index) * entry_size(plan);
}

static void write_header(struct writer *file, const struct elf_plan *plan, uint64_t table)
{
	const unsigned char ident[EI_NIDENT] = {
		ELFMAG0,
		ELFMAG1,
		ELFMAG2,
		ELFMAG3,
		plan->bits == 64 ? ELFCLASS64 : ELFCLASS32,
		plan->big_endian ? ELFDATA2MSB : ELFDATA2LSB,
		EV_CURRENT,
	};
	unsigned word = plan->bits / 8;

	write_bytes(file, ident, sizeof(ident));
	write_number(file, 2, plan->type);
	write_number(file, 2, plan->machine);
	write_number(file, 4, EV_CURRENT);
	write_number(file, word, 0);
	write_number(file, word, 0);
	write_number(file, word, table);
	write_number(file, 4, 0);
	write_number(file, 2, header_size(plan));
	write_number(file, 2, 0);
	write_number(file, 2, 0);
	write_number(file, 2, entry_size(plan));
	write_number(file, 2, plan->extended ? 0 : plan->n_parts + 2);
	write_number(file, 2, plan->extended ? SHN_XINDEX : plan->n_parts + 1);
}

static void write_section(struct writer *file, const struct elf_plan *plan,
			  const struct elf_part *part, uint64_t name, uint64_t offset)
{
	unsigned word = plan->bits / 8;

	write_number(file, 4, name);
	write_number(file, 4, part->type);
	write_number(file, word, part->flags);
	write_number(file, word, 0);
	write_number(file, word, offset);
	write_number(file, word, part->size);
	write_number(file, 4, part->link);
	write_number(file, 4, part->info);
	write_number(file, word, 1);
	write_number(file, word, 0);
}

static size_t data_size(const struct elf_plan *plan)
{
	size_t size = header_size(plan);

	for (size_t i = 0; i < plan->n_parts; i++)
		if (plan->parts[i].type != SHT_NOBITS)
			size += plan->parts[i].size;
	return size;
}

static struct writer section_names(const struct elf_plan *plan)
{
	struct writer names = {0};

	write_number(&names, 1, 0);
	for (size_t i = 0; i < plan->n_parts; i++)
		write_bytes(&names, plan->parts[i].name, strlen(plan->parts[i].name) + 1);
	write_bytes(&names, ".shstrtab", sizeof(".shstrtab"));
	return names;
}

struct writer elf_build(const struct elf_plan *plan)
{
	struct writer file = {.big_endian = plan->big_endian}, names = section_names(plan);
	struct elf_part first = {.size = plan->extended ? plan->n_parts + 2 : 0,
				 .link = plan->extended ? (uint32_t)plan->n_parts + 1 : 0};
	struct elf_part last = {.type = SHT_STRTAB, .size = names.size};
	uint64_t name = 1, offset = header_size(plan), names_at = data_size(plan);

	write_header(&file, plan, names_at + names.size);
	for (size_t i = 0; i < plan->n_parts; i++)
		if (plan->parts[i].type != SHT_NOBITS)
			write_bytes(&file, plan->parts[i].data, plan->parts[i].size);
	write_bytes(&file, names.data, names.size);
	write_section(&file, plan, &first, 0, 0);
	for (size_t i = 0; i < plan->n_parts; i++) {
		write_section(&file, plan, &plan->parts[i], name, offset);
		name += strlen(plan->parts[i].name) + 1;
		if (plan->parts[i].type != SHT_NOBITS)
			offset += plan->parts[i].size;
	}
	write_section(&file, plan, &last, name, names_at);
	free(names.data);
	return file;
}
