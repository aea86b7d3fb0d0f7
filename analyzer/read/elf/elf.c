/* SPDX-License-Identifier: MIT */
#include "read/elf/elf.h"

#include <elf.h>
#include <string.h>

/* More sections than any object has; -ffunction-sections kernels reach some 100,000. */
enum { MAX_SECTIONS = 1 << 20 };

/* An address, offset or size of the file's class. */
static uint64_t read_word(struct pl_cursor *cursor, unsigned bits)
{
	return pl_cursor_read(cursor, bits / 8);
}

bool pl_elf_detect(struct pl_bytes bytes)
{
	return bytes.size >= SELFMAG && !memcmp(bytes.data, ELFMAG, SELFMAG);
}

struct section_table {
	uint64_t offset, count, names;
	unsigned entry_size;
};

static struct pl_error *truncated(const char *what)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "truncated ELF: %s lies past the end of the file",
			    what);
}

static struct pl_error *parse_ident(struct pl_bytes bytes, struct pl_elf *elf)
{
	if (bytes.size < EI_NIDENT)
		return truncated("the header");
	if (bytes.data[EI_CLASS] != ELFCLASS32 && bytes.data[EI_CLASS] != ELFCLASS64)
		return pl_error_new(PL_ERROR_UNREADABLE, "ELF class %u is not known",
				    bytes.data[EI_CLASS]);
	if (bytes.data[EI_DATA] != ELFDATA2LSB && bytes.data[EI_DATA] != ELFDATA2MSB)
		return pl_error_new(PL_ERROR_UNREADABLE, "ELF byte order %u is not known",
				    bytes.data[EI_DATA]);
	elf->bits = bytes.data[EI_CLASS] == ELFCLASS64 ? 64 : 32;
	elf->big_endian = bytes.data[EI_DATA] == ELFDATA2MSB;
	return NULL;
}

static struct pl_error *parse_header(struct pl_elf *elf, struct section_table *table)
{
	struct pl_cursor cursor = pl_cursor_init(elf->bytes, elf->big_endian);

	pl_cursor_seek(&cursor, EI_NIDENT);
	elf->type = (uint16_t)pl_cursor_read(&cursor, 2);
	elf->machine = (uint16_t)pl_cursor_read(&cursor, 2);
	pl_cursor_skip(&cursor, 4 + 2 * elf->bits / 8); /* version, entry point, segments */
	table->offset = read_word(&cursor, elf->bits);
	elf->flags = (uint32_t)pl_cursor_read(&cursor, 4);
	pl_cursor_skip(&cursor, 3 * 2); /* sizes of this header and of the segments' */
	table->entry_size = (unsigned)pl_cursor_read(&cursor, 2);
	table->count = pl_cursor_read(&cursor, 2);
	table->names = pl_cursor_read(&cursor, 2);
	return cursor.failed ? truncated("the header") : NULL;
}

static void parse_section(struct pl_cursor *cursor, unsigned bits, struct pl_elf_section *section,
			  uint64_t *name)
{
	*name = pl_cursor_read(cursor, 4);
	section->type = (uint32_t)pl_cursor_read(cursor, 4);
	section->flags = read_word(cursor, bits);
	section->address = read_word(cursor, bits);
	section->offset = read_word(cursor, bits);
	section->size = read_word(cursor, bits);
	section->link = (uint32_t)pl_cursor_read(cursor, 4);
	section->info = (uint32_t)pl_cursor_read(cursor, 4);
	pl_cursor_skip(cursor, bits / 8); /* alignment */
	section->entry_size = read_word(cursor, bits);
}

/* Section 0 tells the true count and name table where they do not fit the header (gABI ch. 4). */
static struct pl_error *extend_table(const struct pl_elf *elf, struct section_table *table)
{
	struct pl_cursor cursor = pl_cursor_init(elf->bytes, elf->big_endian);
	struct pl_elf_section first = {0};
	uint64_t name;

	if (!table->offset)
		return NULL;
	pl_cursor_seek(&cursor, table->offset);
	parse_section(&cursor, elf->bits, &first, &name);
	if (cursor.failed)
		return truncated("the section table");
	if (!table->count)
		table->count = first.size;
	if (table->names == SHN_XINDEX)
		table->names = first.link;
	return NULL;
}

static struct pl_error *check_table(const struct pl_elf *elf, const struct section_table *table)
{
	struct pl_bytes whole;

	if (table->entry_size != (elf->bits == 64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr)))
		return pl_error_new(PL_ERROR_UNREADABLE, "ELF section headers of %u bytes",
				    table->entry_size);
	if (table->count > MAX_SECTIONS)
		return pl_error_new(PL_ERROR_UNREADABLE, "ELF with %ju sections",
				    (uintmax_t)table->count);
	if (!pl_bytes_slice(elf->bytes, table->offset, table->count * table->entry_size, &whole))
		return truncated("the section table");
	return NULL;
}

static void name_sections(struct pl_elf *elf, const struct section_table *table,
			  const uint64_t *names)
{
	struct pl_bytes strings = {0};

	if (table->names < elf->n_sections && elf->sections[table->names].type != SHT_NOBITS &&
	    !pl_bytes_slice(elf->bytes, elf->sections[table->names].offset,
			    elf->sections[table->names].size, &strings))
		strings = (struct pl_bytes){0};
	for (size_t i = 0; i < elf->n_sections; i++) {
		const char *name = pl_bytes_string(strings, names[i]);

		elf->sections[i].name = name ? name : "";
	}
}

struct pl_error *pl_elf_parse(struct pl_arena *arena, struct pl_bytes bytes, struct pl_elf *ret)
{
	struct pl_elf elf = {.bytes = bytes};
	struct section_table table;
	struct pl_cursor cursor;
	uint64_t *names;

	PL_TRY(parse_ident(bytes, &elf));
	PL_TRY(parse_header(&elf, &table));
	PL_TRY(extend_table(&elf, &table));
	if (table.count)
		PL_TRY(check_table(&elf, &table));
	elf.n_sections = (size_t)table.count;
	elf.sections = pl_arena_array(arena, elf.n_sections, sizeof(*elf.sections));
	names = pl_arena_array(arena, elf.n_sections, sizeof(*names));
	if (!elf.sections || !names)
		return pl_error_no_memory();
	cursor = pl_cursor_init(bytes, elf.big_endian);
	pl_cursor_seek(&cursor, table.offset);
	for (size_t i = 0; i < elf.n_sections; i++)
		parse_section(&cursor, elf.bits, &elf.sections[i], &names[i]);
	name_sections(&elf, &table, names);
	*ret = elf;
	return NULL;
}

const struct pl_elf_section *pl_elf_section(const struct pl_elf *elf, const char *name)
{
	for (size_t i = 0; i < elf->n_sections; i++)
		if (!strcmp(elf->sections[i].name, name))
			return &elf->sections[i];
	return NULL;
}

struct pl_error *pl_elf_section_bytes(const struct pl_elf *elf,
				      const struct pl_elf_section *section, struct pl_bytes *ret)
{
	if (section->type == SHT_NOBITS) {
		*ret = (struct pl_bytes){elf->bytes.data, 0};
		return NULL;
	}
	if (!pl_bytes_slice(elf->bytes, section->offset, section->size, ret))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "truncated ELF: section %s lies past the end of the file",
				    section->name);
	return NULL;
}
