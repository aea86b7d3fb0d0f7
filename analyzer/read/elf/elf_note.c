/* SPDX-License-Identifier: MIT */
#include <elf.h>
#include <string.h>

#include "read/elf/elf.h"

/* Notes are a run of: name size, descriptor size, type, name, descriptor; each padded to four. */
static bool find_note(struct pl_bytes notes, bool big_endian, const char *name, uint32_t type,
		      struct pl_bytes *ret)
{
	struct pl_cursor cursor = pl_cursor_init(notes, big_endian);

	while (!cursor.failed && cursor.position < notes.size) {
		uint64_t name_size = pl_cursor_read(&cursor, 4);
		uint64_t size = pl_cursor_read(&cursor, 4);
		uint64_t found = pl_cursor_read(&cursor, 4);
		const char *owner = pl_bytes_string(notes, cursor.position);

		pl_cursor_skip(&cursor, (name_size + 3) & ~(uint64_t)3);
		if (cursor.failed)
			return false;
		if (found == type && owner && !strcmp(owner, name))
			return pl_bytes_slice(notes, cursor.position, size, ret);
		pl_cursor_skip(&cursor, (size + 3) & ~(uint64_t)3);
	}
	return false;
}

bool pl_elf_note(const struct pl_elf *elf, const char *name, uint32_t type, struct pl_bytes *ret)
{
	for (size_t i = 0; i < elf->n_sections; i++) {
		const struct pl_elf_section *section = &elf->sections[i];
		struct pl_bytes notes;

		if (section->type == SHT_NOTE &&
		    pl_bytes_slice(elf->bytes, section->offset, section->size, &notes) &&
		    find_note(notes, elf->big_endian, name, type, ret))
			return true;
	}
	return false;
}

const char *pl_elf_build_id(const struct pl_elf *elf, struct pl_arena *arena)
{
	struct pl_bytes id;
	char *hex;

	if (!pl_elf_note(elf, "GNU", NT_GNU_BUILD_ID, &id) || id.size > 64)
		return NULL;
	hex = pl_arena_alloc(arena, 2 * id.size + 1);
	for (size_t i = 0; hex && i < id.size; i++) {
		hex[2 * i] = "0123456789abcdef"[id.data[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[id.data[i] & 15];
	}
	return hex;
}
