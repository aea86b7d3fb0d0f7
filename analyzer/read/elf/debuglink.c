/* SPDX-License-Identifier: MIT */
#include "read/elf/debuglink.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct link {
	const char *name; /* NULL: the file has no .gnu_debuglink */
	uint32_t checksum;
	const char *build_id; /* NULL: it has none */
};

/* .gnu_debuglink: a file name, zeros up to a multiple of four, the CRC-32 of the file. */
static struct link read_link(const struct pl_elf *elf, struct pl_arena *arena)
{
	const struct pl_elf_section *section = pl_elf_section(elf, ".gnu_debuglink");
	struct link link = {.build_id = pl_elf_build_id(elf, arena)};
	struct pl_bytes bytes, checksum;
	const char *name;

	if (!section || !pl_bytes_slice(elf->bytes, section->offset, section->size, &bytes))
		return link;
	name = pl_bytes_string(bytes, 0);
	if (!name || !*name || strchr(name, '/') ||
	    !pl_bytes_slice(bytes, (strlen(name) + 4) & ~(size_t)3, 4, &checksum))
		return link;
	link.name = name;
	link.checksum = (uint32_t)pl_bytes_get(checksum.data, 4, elf->big_endian);
	return link;
}

static bool has_checksum(struct pl_bytes bytes, uint32_t wanted)
{
	return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes.data, bytes.size) == wanted;
}

static bool belongs(const struct link *link, const struct pl_debug_file *candidate,
		    struct pl_arena *arena)
{
	const char *build_id = pl_elf_build_id(&candidate->elf, arena);

	if (link->build_id && build_id)
		return !strcmp(link->build_id, build_id);
	return link->name && has_checksum(candidate->file.bytes, link->checksum);
}

/* Takes PATH if it is the file that LINK means; a file that cannot be read is not. */
static struct pl_error *try_path(const struct link *link, const char *path, struct pl_arena *arena,
				 struct pl_debug_file *ret)
{
	struct pl_debug_file candidate = {.path = path};
	struct pl_error *error;

	if (!path)
		return pl_error_no_memory();
	error = pl_file_open(path, &candidate.file);
	if (!error)
		error = pl_elf_parse(arena, candidate.file.bytes, &candidate.elf);
	candidate.elf.mapped = candidate.file.mapped;
	if (!error && belongs(link, &candidate, arena)) {
		*ret = candidate;
		return NULL;
	}
	pl_file_close(&candidate.file);
	pl_error_free(error);
	return NULL;
}

static const char *directory_of(const char *path, struct pl_arena *arena)
{
	char *real = realpath(path, NULL);
	char *slash = real ? strrchr(real, '/') : NULL;
	const char *directory = slash ? pl_arena_strndup(arena, real, (size_t)(slash - real)) : ".";

	free(real);
	return directory;
}

static struct pl_error *try_link(const struct link *link, const char *directory,
				 const char *debug_dir, struct pl_arena *arena,
				 struct pl_debug_file *ret)
{
	const char *paths[] = {
		pl_arena_printf(arena, "%s/%s", directory, link->name),
		pl_arena_printf(arena, "%s/.debug/%s", directory, link->name),
		pl_arena_printf(arena, "%s/%s/%s", debug_dir, directory, link->name),
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths) && !ret->path; i++)
		PL_TRY(try_path(link, paths[i], arena, ret));
	return NULL;
}

struct pl_error *pl_debuglink_open(const struct pl_elf *elf, const char *path,
				   const char *debug_dir, struct pl_arena *arena,
				   struct pl_debug_file *ret)
{
	struct link link = read_link(elf, arena);
	const char *directory = directory_of(path, arena);

	*ret = (struct pl_debug_file){0};
	if (!directory)
		return pl_error_no_memory();
	if (link.build_id && strlen(link.build_id) > 2)
		PL_TRY(try_path(&link,
				pl_arena_printf(arena, "%s/.build-id/%.2s/%s.debug", debug_dir,
						link.build_id, link.build_id + 2),
				arena, ret));
	if (!ret->path && link.name)
		PL_TRY(try_link(&link, directory, debug_dir, arena, ret));
	return NULL;
}
