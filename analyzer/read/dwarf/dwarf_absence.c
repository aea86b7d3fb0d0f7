/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_absence.h"

#include <elf.h>
#include <string.h>

/* Of DWARF's two formats, the 64-bit one: the longest name that could be inline fits this. */
enum { LARGEST_OFFSET = 8 };

static bool is_merged(const struct pl_dwarf *dwarf)
{
	const uint64_t flags = SHF_MERGE | SHF_STRINGS;

	for (size_t i = 1; i < dwarf->n_sections; i++)
		if (!strcmp(dwarf->sections[i].name, ".debug_str"))
			return (dwarf->sections[i].section->flags & flags) == flags;
	return false;
}

/* No unit in the 64-bit format: then an inline name is at most 3 characters long. */
static unsigned offset_size(const struct pl_dwarf_units *units, struct pl_bytes info)
{
	for (size_t i = 0; i < units->count; i++) {
		struct pl_bytes length;

		if (!pl_bytes_slice(info, units->list[i].offset, 4, &length) ||
		    pl_bytes_get(length.data, 4, false) == 0xffffffff)
			return LARGEST_OFFSET;
	}
	return 4;
}

struct pl_error *pl_dwarf_is_absent(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				    const char *name, bool *ret)
{
	struct pl_bytes text = {(const unsigned char *)name, strlen(name) + 1};
	struct pl_bytes strings, info;

	*ret = false;
	if (units->any_partial || units->any_split || !is_merged(dwarf))
		return NULL;
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_info", &info));
	if (text.size <= offset_size(units, info))
		return NULL;
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_str", &strings));
	*ret = pl_bytes_find(strings, 0, text) == strings.size;
	return NULL;
}
