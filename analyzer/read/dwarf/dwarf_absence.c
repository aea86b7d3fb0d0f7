/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_absence.h"

#include <elf.h>
#include <string.h>

static bool is_merged(const struct pl_dwarf *dwarf)
{
	const uint64_t flags = SHF_MERGE | SHF_STRINGS;

	for (size_t i = 1; i < dwarf->n_sections; i++)
		if (!strcmp(dwarf->sections[i].name, ".debug_str"))
			return (dwarf->sections[i].section->flags & flags) == flags;
	return false;
}

struct pl_error *pl_dwarf_is_absent(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				    const char *name, bool *ret)
{
	struct pl_bytes text = {(const unsigned char *)name, strlen(name) + 1};
	struct pl_bytes strings;

	*ret = false;
	if (text.size <= units->offset_size || units->any_partial || units->any_split ||
	    !is_merged(dwarf))
		return NULL;
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_str", &strings));
	*ret = pl_bytes_find(strings, 0, text) == strings.size;
	return NULL;
}
