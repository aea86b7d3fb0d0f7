/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_absence.h"

#include <string.h>

/* After how many bytes memory is given back. */
enum { CHUNK = 16 << 20 };

/* Where the name of a type can be: in line, or in the strings that all units share. */
static const char *const sections[] = {".debug_str", ".debug_info", ".debug_types"};

static bool is_in(const struct pl_dwarf *dwarf, struct pl_bytes bytes, struct pl_bytes text)
{
	bool found = false;

	for (size_t at = 0; at < bytes.size && !found; at += CHUNK) {
		struct pl_bytes chunk = {bytes.data + at, bytes.size - at};

		if (chunk.size > CHUNK + text.size)
			chunk.size = CHUNK + text.size;
		found = pl_bytes_find(chunk, 0, text) < chunk.size;
		pl_dwarf_forget(dwarf);
	}
	return found;
}

struct pl_error *pl_dwarf_is_absent(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				    const char *name, bool *ret)
{
	struct pl_bytes text = {(const unsigned char *)name, strlen(name) + 1};
	bool found = units->any_partial || units->any_split;

	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections) && !found; i++) {
		struct pl_bytes bytes;

		PL_TRY(pl_dwarf_bytes(dwarf, sections[i], &bytes));
		found = is_in(dwarf, bytes, text);
	}
	*ret = !found;
	return NULL;
}
