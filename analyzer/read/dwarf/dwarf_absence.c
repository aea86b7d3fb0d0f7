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

/* Whether one of the two words occurs anywhere in BYTES, aligned or not. */
static bool contains(struct pl_bytes bytes, const uint32_t words[2])
{
	enum { BLOCK = 4096 };
	const uint32_t a = words[0], b = words[1];

	/* No early exit within a block: so the compiler can compare many places at once. */
	for (size_t start = 0; start + sizeof(a) <= bytes.size; start += BLOCK) {
		size_t places = bytes.size - start - sizeof(a) + 1;
		unsigned found = 0;

		places = places < BLOCK ? places : BLOCK;
		for (size_t i = 0; i < places; i++) {
			uint32_t word;

			memcpy(&word, bytes.data + start + i, sizeof(word));
			found |= (word == a) | (word == b);
		}
		if (found)
			return true;
	}
	return false;
}

struct searched {
	struct pl_bytes strings, info, offsets;
	bool big_endian;
};

/* Whether NAME, with its end, stands in the strings at all, shared with a longer one or not. */
static bool has_string(const struct searched *in, struct pl_bytes name)
{
	return pl_bytes_find(in->strings, 0, name) < in->strings.size;
}

/* OFFSET as it would stand in .debug_info, whatever the byte order of this machine. */
static uint32_t stored(const struct searched *in, size_t offset)
{
	unsigned char bytes[4];
	uint32_t word;

	pl_bytes_put(bytes, sizeof(bytes), in->big_endian, offset);
	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* Whether anything holds the offset of one of the places at which NAME stands. */
static bool has_reference(const struct searched *in, struct pl_bytes name)
{
	size_t at = pl_bytes_find(in->strings, 0, name);

	while (at < in->strings.size) {
		size_t second = pl_bytes_find(in->strings, at + 1, name);
		bool two = second < in->strings.size;
		const uint32_t words[2] = {stored(in, at), stored(in, two ? second : at)};

		if (contains(in->info, words) || contains(in->offsets, words))
			return true;
		at = two ? pl_bytes_find(in->strings, second + 1, name) : in->strings.size;
	}
	return false;
}

struct pl_error *pl_dwarf_is_absent(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				    const char *name, enum pl_effort effort, bool *ret)
{
	struct pl_bytes text = {(const unsigned char *)name, strlen(name) + 1};
	struct searched in = {.big_endian = dwarf->elf->big_endian};

	*ret = false;
	if (units->any_partial || units->any_split || !is_merged(dwarf))
		return NULL;
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_info", &in.info));
	if (text.size <= offset_size(units, in.info))
		return NULL;
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_str", &in.strings));
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_str_offsets", &in.offsets));
	*ret = !has_string(&in, text) || (effort == PL_EFFORT_MORE && !has_reference(&in, text));
	return NULL;
}
