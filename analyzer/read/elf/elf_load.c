/* SPDX-License-Identifier: MIT */
/* Sections as the program would see them: decompressed and relocated. */
#include <elf.h>
#include <string.h>

#include "read/codec/decompress.h"
#include "read/elf/elf.h"
#include "read/elf/elf_relocate.h"

/* Newer than the <elf.h> of some systems. */
#ifndef ELFCOMPRESS_ZSTD
#define ELFCOMPRESS_ZSTD 2
#endif

/* What a compressed section says of itself before its stream. */
struct compressed {
	enum pl_compression compression; /* PL_COMPRESSION_NONE: stored plainly */
	uint64_t size;			 /* once decompressed */
	struct pl_bytes stream;
};

static bool has_old_name(const struct pl_elf_section *section)
{
	return !strncmp(section->name, ".zdebug_", strlen(".zdebug_"));
}

/* The gABI's Elf32_Chdr and Elf64_Chdr. */
static struct pl_error *parse_chdr(const struct pl_elf *elf, const struct pl_elf_section *section,
				   struct pl_bytes bytes, struct compressed *ret)
{
	struct pl_cursor cursor = pl_cursor_init(bytes, elf->big_endian);
	uint64_t type = pl_cursor_read(&cursor, 4);

	if (elf->bits == 64)
		pl_cursor_skip(&cursor, 4);
	ret->size = pl_cursor_read(&cursor, elf->bits / 8);
	pl_cursor_skip(&cursor, elf->bits / 8);
	if (cursor.failed)
		return pl_error_new(PL_ERROR_UNREADABLE, "section %s: truncated", section->name);
	if (type != ELFCOMPRESS_ZLIB && type != ELFCOMPRESS_ZSTD)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "section %s: compression type %ju is not known", section->name,
				    (uintmax_t)type);
	ret->compression = type == ELFCOMPRESS_ZLIB ? PL_COMPRESSION_ZLIB : PL_COMPRESSION_ZSTD;
	(void)pl_bytes_slice(bytes, cursor.position, bytes.size - cursor.position, &ret->stream);
	return NULL;
}

/* The form of before SHF_COMPRESSED: "ZLIB", the size as 8 big-endian bytes, a zlib stream. */
static struct pl_error *parse_zdebug(const struct pl_elf_section *section, struct pl_bytes bytes,
				     struct compressed *ret)
{
	enum { HEADER = 12 };

	if (bytes.size < HEADER || memcmp(bytes.data, "ZLIB", 4) != 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "section %s: no ZLIB header",
				    section->name);
	ret->compression = PL_COMPRESSION_ZLIB;
	ret->size = pl_bytes_get(bytes.data + 4, 8, true);
	(void)pl_bytes_slice(bytes, HEADER, bytes.size - HEADER, &ret->stream);
	return NULL;
}

static struct pl_error *parse_compressed(const struct pl_elf *elf,
					 const struct pl_elf_section *section,
					 struct compressed *ret)
{
	struct pl_bytes bytes;

	PL_TRY(pl_elf_section_bytes(elf, section, &bytes));
	*ret = (struct compressed){PL_COMPRESSION_NONE, bytes.size, bytes};
	if (section->type == SHT_NOBITS)
		return NULL;
	if (section->flags & SHF_COMPRESSED)
		return parse_chdr(elf, section, bytes, ret);
	return has_old_name(section) ? parse_zdebug(section, bytes, ret) : NULL;
}

static struct pl_error *unpack(const struct pl_elf_section *section,
			       const struct compressed *compressed, struct pl_arena *arena,
			       struct pl_bytes *ret)
{
	struct pl_error *error = pl_decompress(compressed->compression, compressed->stream,
					       compressed->size, arena, ret);

	if (!error && ret->size != compressed->size)
		error = pl_error_new(PL_ERROR_UNREADABLE, "%ju bytes unpacked, %ju announced",
				     (uintmax_t)ret->size, (uintmax_t)compressed->size);
	return error ? pl_error_prefix(error, "section %s", section->name) : NULL;
}

struct pl_error *pl_elf_section_plain(const struct pl_elf *elf,
				      const struct pl_elf_section *section, struct pl_arena *arena,
				      const char **name, uint64_t *size)
{
	struct compressed compressed;
	const char *plain = section->name;

	PL_TRY(parse_compressed(elf, section, &compressed));
	if (has_old_name(section))
		plain = pl_arena_printf(arena, ".%s", section->name + strlen(".z"));
	if (!plain)
		return pl_error_no_memory();
	*name = plain;
	*size = compressed.size;
	return NULL;
}

struct pl_error *pl_elf_section_load(const struct pl_elf *elf, const struct pl_elf_section *section,
				     struct pl_arena *arena, struct pl_bytes *ret)
{
	size_t index = (size_t)(section - elf->sections);
	struct compressed compressed;
	struct pl_bytes bytes;
	unsigned char *copy;

	PL_TRY(parse_compressed(elf, section, &compressed));
	bytes = compressed.stream;
	if (compressed.compression != PL_COMPRESSION_NONE)
		PL_TRY(unpack(section, &compressed, arena, &bytes));
	if (pl_elf_relocates(elf, index)) {
		copy = (unsigned char *)pl_arena_strndup(arena, (const char *)bytes.data,
							 bytes.size);
		if (!copy)
			return pl_error_no_memory();
		PL_TRY(pl_elf_relocate(elf, index, copy, bytes.size));
		bytes.data = copy;
	}
	*ret = bytes;
	return NULL;
}
