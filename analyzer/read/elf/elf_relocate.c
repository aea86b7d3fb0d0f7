/* SPDX-License-Identifier: MIT */
#include "read/elf/elf_relocate.h"

#include <elf.h>

#include "read/elf/elf_machine.h"

/* Relocations in a form that takes few bytes: the number of the ELF standard, and LLVM's own. */
enum { CREL = 20, CREL_OF_LLVM = 0x40000014 };

struct relocation {
	uint64_t offset, addend;
	uint32_t type, symbol;
	bool has_addend;
};

static bool is_compact(const struct pl_elf_section *section)
{
	return section->type == CREL || section->type == CREL_OF_LLVM;
}

static bool relocates(const struct pl_elf *elf, const struct pl_elf_section *section, size_t index)
{
	return elf->type == ET_REL && section->info == index &&
	       (section->type == SHT_REL || section->type == SHT_RELA || is_compact(section));
}

bool pl_elf_relocates(const struct pl_elf *elf, size_t index)
{
	for (size_t i = 0; i < elf->n_sections; i++)
		if (relocates(elf, &elf->sections[i], index))
			return true;
	return false;
}

/*
 * 64-bit MIPS packs three relocation types behind a 32-bit symbol index, each
 * a field of its own, so that only the index follows the byte order (MIPS
 * 64-bit ELF specification, table 29). Data uses the first type only.
 */
static void split_info(const struct pl_elf *elf, uint64_t info, struct relocation *relocation)
{
	if (elf->bits == 32) {
		relocation->symbol = (uint32_t)(info >> 8);
		relocation->type = (uint32_t)(info & 0xff);
	} else if (elf->machine == EM_MIPS && !elf->big_endian) {
		relocation->symbol = (uint32_t)info;
		relocation->type = (uint32_t)(info >> 56);
	} else {
		relocation->symbol = (uint32_t)(info >> 32);
		relocation->type = (uint32_t)(info & (elf->machine == EM_MIPS ? 0xff : ~0u));
	}
}

static void parse(struct pl_cursor *cursor, const struct pl_elf *elf,
		  const struct pl_elf_section *section, struct relocation *relocation)
{
	unsigned word = elf->bits / 8;

	relocation->offset = pl_cursor_read(cursor, word);
	split_info(elf, pl_cursor_read(cursor, word), relocation);
	relocation->has_addend = section->type == SHT_RELA;
	relocation->addend = relocation->has_addend ? pl_cursor_read(cursor, word) : 0;
}

/* The value of symbol INDEX: in a relocatable file, its offset within its section. */
static bool symbol_value(const struct pl_elf *elf, struct pl_bytes symbols, uint32_t index,
			 uint64_t *ret)
{
	size_t entry = elf->bits == 64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
	struct pl_bytes symbol;

	if (!pl_bytes_slice(symbols, (uint64_t)index * entry, entry, &symbol))
		return false;
	*ret = pl_bytes_get(symbol.data + (elf->bits == 64 ? 8 : 4), elf->bits / 8,
			    elf->big_endian);
	return true;
}

static void apply(const struct pl_elf *elf, const struct relocation *relocation,
		  struct pl_relocation_how how, uint64_t symbol, unsigned char *place)
{
	uint64_t old = pl_bytes_get(place, how.size, elf->big_endian);
	uint64_t value = symbol + relocation->addend;

	if (how.action == PL_RELOCATE_ADD)
		value = old + value;
	else if (how.action == PL_RELOCATE_SUBTRACT)
		value = old - value;
	else if (!relocation->has_addend)
		value += old;
	pl_bytes_put(place, how.size, elf->big_endian, value);
}

static struct pl_error *relocate_one(const struct pl_elf *elf, const struct relocation *relocation,
				     struct pl_bytes symbols, unsigned char *data, size_t size)
{
	struct pl_relocation_how how;
	uint64_t symbol;

	if (!pl_elf_relocation_how(elf->machine, relocation->type, &how))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "relocation type %u of machine %u is not known",
				    relocation->type, elf->machine);
	if (how.action == PL_RELOCATE_NOT)
		return NULL;
	if (relocation->offset > size || how.size > size - relocation->offset)
		return pl_error_new(PL_ERROR_UNREADABLE, "a relocation points past its end");
	if (!symbol_value(elf, symbols, relocation->symbol, &symbol))
		return pl_error_new(PL_ERROR_UNREADABLE, "a relocation names symbol %u of none",
				    relocation->symbol);
	apply(elf, relocation, how, symbol, data + relocation->offset);
	return NULL;
}

static struct pl_error *relocate_from(const struct pl_elf *elf,
				      const struct pl_elf_section *section, unsigned char *data,
				      size_t size)
{
	size_t entry = (section->type == SHT_RELA ? 3 : 2) * elf->bits / 8;
	struct pl_bytes bytes, symbols = {0};
	struct pl_cursor cursor;

	if (is_compact(section))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "compact relocations (CREL) are not supported");
	PL_TRY(pl_elf_section_bytes(elf, section, &bytes));
	if (section->link < elf->n_sections)
		PL_TRY(pl_elf_section_bytes(elf, &elf->sections[section->link], &symbols));
	cursor = pl_cursor_init(bytes, elf->big_endian);
	for (size_t i = 0; i < bytes.size / entry; i++) {
		struct relocation relocation;

		parse(&cursor, elf, section, &relocation);
		PL_TRY(relocate_one(elf, &relocation, symbols, data, size));
	}
	return NULL;
}

struct pl_error *pl_elf_relocate(const struct pl_elf *elf, size_t index, unsigned char *data,
				 size_t size)
{
	for (size_t i = 0; i < elf->n_sections; i++) {
		struct pl_error *error = NULL;

		if (relocates(elf, &elf->sections[i], index))
			error = relocate_from(elf, &elf->sections[i], data, size);
		if (error)
			return pl_error_prefix(error, "section %s", elf->sections[index].name);
	}
	return NULL;
}
