/* SPDX-License-Identifier: MIT */
#include "read/btf/btf_raw.h"

#include <string.h>

#include "read/btf/btf_read.h"

enum { HEADER_SIZE_MAX = 256 };

/* The magic 0xeb9f as a 16-bit word of either byte order, then the version. */
bool pl_btf_detect(struct pl_bytes bytes)
{
	return bytes.size >= 3 &&
	       (!memcmp(bytes.data, "\x9f\xeb\x01", 3) || !memcmp(bytes.data, "\xeb\x9f\x01", 3));
}

static const char *slice_sections(struct pl_bytes bytes, struct pl_cursor *cursor,
				  struct pl_btf_raw *raw)
{
	uint64_t header_size = pl_cursor_read(cursor, 4);
	uint64_t types_offset = pl_cursor_read(cursor, 4);
	uint64_t types_size = pl_cursor_read(cursor, 4);
	uint64_t strings_offset = pl_cursor_read(cursor, 4);
	uint64_t strings_size = pl_cursor_read(cursor, 4);

	if (cursor->failed)
		return "truncated header";
	if (header_size < PL_BTF_HEADER_SIZE || header_size > HEADER_SIZE_MAX || header_size % 4)
		return "absurd size of the header";
	if (types_offset % 4 || types_size % 4)
		return "misaligned types";
	if (types_offset + types_size > strings_offset)
		return "types and strings overlap";
	if (!pl_bytes_slice(bytes, header_size + types_offset, types_size, &raw->types))
		return "truncated types";
	if (!pl_bytes_slice(bytes, header_size + strings_offset, strings_size, &raw->strings))
		return "truncated strings";
	raw->header_size = (size_t)header_size;
	raw->size = (size_t)(header_size + strings_offset + strings_size);
	return NULL;
}

const char *pl_btf_header(struct pl_bytes bytes, struct pl_btf_raw *ret)
{
	struct pl_btf_raw raw = {0};
	struct pl_cursor cursor;
	const char *problem;

	if (!pl_btf_detect(bytes))
		return "does not begin like BTF";
	raw.big_endian = bytes.data[0] == 0xeb;
	cursor = pl_cursor_init(bytes, raw.big_endian);
	pl_cursor_seek(&cursor, 4); /* past magic, version and flags */
	problem = slice_sections(bytes, &cursor, &raw);
	if (problem)
		return problem;
	if (raw.strings.size && raw.strings.data[raw.strings.size - 1])
		return "the last string is not terminated";
	*ret = raw;
	return NULL;
}

bool pl_btf_raw_is_split(const struct pl_btf_raw *raw)
{
	return !raw->strings.size || raw->strings.data[0];
}

bool pl_btf_is_split(struct pl_bytes bytes)
{
	struct pl_btf_raw raw;

	return !pl_btf_header(bytes, &raw) && pl_btf_raw_is_split(&raw);
}

/* The largest of the stretches that begin with MAGIC, if it is larger than *RET. */
static void locate(struct pl_bytes bytes, const char *magic, struct pl_bytes *ret)
{
	struct pl_bytes needle = {(const unsigned char *)magic, 3};

	for (size_t at = pl_bytes_find(bytes, 0, needle); at < bytes.size;
	     at = pl_bytes_find(bytes, at + 1, needle)) {
		struct pl_bytes rest = {bytes.data + at, bytes.size - at};
		struct pl_btf_raw raw;

		if (!pl_btf_header(rest, &raw) && !pl_btf_raw_is_split(&raw) && raw.types.size &&
		    raw.size > ret->size)
			*ret = (struct pl_bytes){rest.data, raw.size};
	}
}

bool pl_btf_locate(struct pl_bytes bytes, struct pl_bytes *ret)
{
	struct pl_bytes found = {0};

	locate(bytes, "\x9f\xeb\x01", &found);
	locate(bytes, "\xeb\x9f\x01", &found);
	if (!found.size)
		return false;
	*ret = found;
	return true;
}

static unsigned char *append(unsigned char *to, struct pl_bytes bytes)
{
	if (bytes.size)
		memcpy(to, bytes.data, bytes.size);
	return to + bytes.size;
}

struct pl_error *pl_btf_join(struct pl_arena *arena, const struct pl_btf_raw *base,
			     const struct pl_btf_raw *raw, struct pl_bytes *ret)
{
	uint64_t types = (uint64_t)base->types.size + raw->types.size;
	uint64_t strings = (uint64_t)base->strings.size + raw->strings.size;
	uint64_t words[] = {PL_BTF_HEADER_SIZE, 0, types, types, strings};
	uint64_t size = PL_BTF_HEADER_SIZE + types + strings;
	unsigned char *data, *at;

	if (size > UINT32_MAX)
		return pl_error_new(PL_ERROR_UNREADABLE, "%ju bytes are too many", (uintmax_t)size);
	data = pl_arena_alloc(arena, (size_t)size);
	if (!data)
		return pl_error_no_memory();
	pl_bytes_put(data, 2, raw->big_endian, 0xeb9f);
	data[2] = 1; /* version; data[3], the flags, are zero */
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		pl_bytes_put(data + 4 + 4 * i, 4, raw->big_endian, words[i]);
	at = append(data + PL_BTF_HEADER_SIZE, base->types);
	at = append(at, raw->types);
	at = append(at, base->strings);
	append(at, raw->strings);
	*ret = (struct pl_bytes){data, (size_t)size};
	return NULL;
}
