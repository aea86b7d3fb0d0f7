/* SPDX-License-Identifier: MIT */
/* Our own layer over ELF files: sections, compression, relocations, notes. */
#include "fuzz.h"

#include "read/elf/debuglink.h"
#include "read/elf/elf.h"

static void load_section(const struct pl_elf *elf, const struct pl_elf_section *section)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_bytes bytes;
	const char *name;
	uint64_t size;

	(void)fuzz_failed(pl_elf_section_bytes(elf, section, &bytes));
	(void)fuzz_failed(pl_elf_section_plain(elf, section, arena, &name, &size));
	(void)fuzz_failed(pl_elf_section_load(elf, section, arena, &bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_bytes note;
	struct pl_elf elf;

	if (fuzz_failed(pl_elf_parse(arena, (struct pl_bytes){data, size}, &elf)))
		return 0;
	for (size_t i = 0; i < elf.n_sections && i < 64; i++)
		load_section(&elf, &elf.sections[i]);
	(void)pl_elf_arch(&elf);
	(void)pl_elf_note(&elf, "GNU", 1, &note);
	(void)pl_elf_build_id(&elf, arena);
	return 0;
}
