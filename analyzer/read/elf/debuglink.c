/* SPDX-License-Identifier: MIT */
#include "read/elf/debuglink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

struct link {
	const char *name; /* NULL: the file has no .gnu_debuglink */
	uint32_t checksum;
	const char *build_id; /* NULL: it has none */
};

struct search {
	const struct pl_elf *elf;
	struct link link;
	pl_debug_file_test *has_debug;
	struct pl_arena *arena;
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

/* What is beside a file under its name may be the file. */
static bool is_same_file(const struct search *search, struct pl_bytes bytes)
{
	return bytes.size == search->elf->bytes.size &&
	       !memcmp(bytes.data, search->elf->bytes.data, bytes.size);
}

static struct pl_error *check(const struct search *search, struct pl_debug_file *candidate)
{
	if (!pl_elf_detect(candidate->file.bytes))
		return pl_error_new(PL_ERROR_UNREADABLE, "it is not an ELF file");
	PL_TRY(pl_elf_parse(search->arena, candidate->file.bytes, &candidate->elf));
	candidate->elf.mapped = candidate->file.mapped;
	if (!belongs(&search->link, candidate, search->arena))
		return pl_arena_failed(search->arena)
			       ? pl_error_no_memory()
			       : pl_error_new(PL_ERROR_UNREADABLE, "it is of another build");
	if (!search->has_debug(&candidate->elf))
		return pl_error_new(PL_ERROR_UNREADABLE, "there is no DWARF in it");
	return NULL;
}

/* Takes ERROR, which says why a file is not the one. */
static struct pl_error *pass_over(const struct search *search, struct pl_error *error,
				  struct pl_debug_file *ret)
{
	if (error->kind == PL_ERROR_MEMORY)
		return error;
	if (!ret->passed_over)
		ret->passed_over = pl_arena_strdup(search->arena, error->message);
	pl_error_free(error);
	return ret->passed_over ? NULL : pl_error_no_memory();
}

/* Takes PATH if it is the file that is meant, and there is what is looked for. */
static struct pl_error *try_path(const struct search *search, const char *path,
				 struct pl_debug_file *ret)
{
	struct pl_debug_file candidate = {.path = path};
	struct stat status;
	struct pl_error *error;

	if (!path)
		return pl_error_no_memory();
	if (stat(path, &status) && (errno == ENOENT || errno == ENOTDIR))
		return NULL;
	error = pl_file_open(path, &candidate.file);
	if (error)
		return pass_over(search, error, ret);
	if (!is_same_file(search, candidate.file.bytes)) {
		error = check(search, &candidate);
		if (!error) {
			*ret = candidate;
			return NULL;
		}
		error = pass_over(search, pl_error_prefix(error, "%s", path), ret);
	}
	pl_file_close(&candidate.file);
	return error;
}

/* NULL without memory. */
static const char *directory_of(const char *path, struct pl_arena *arena)
{
	char *real = realpath(path, NULL);
	char *slash = real ? strrchr(real, '/') : NULL;
	const char *directory = !real && errno == ENOMEM ? NULL : ".";

	if (slash)
		directory = pl_arena_strndup(arena, real, (size_t)(slash - real));
	free(real);
	return directory;
}

static struct pl_error *try_link(const struct search *search, const char *directory,
				 const char *debug_dir, struct pl_debug_file *ret)
{
	const char *name = search->link.name;
	const char *paths[] = {
		pl_arena_printf(search->arena, "%s/%s", directory, name),
		pl_arena_printf(search->arena, "%s/.debug/%s", directory, name),
		pl_arena_printf(search->arena, "%s/%s/%s", debug_dir, directory, name),
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths) && !ret->path; i++)
		PL_TRY(try_path(search, paths[i], ret));
	return NULL;
}

struct pl_error *pl_debuglink_open(const struct pl_elf *elf, const char *path,
				   const char *debug_dir, pl_debug_file_test *has_debug,
				   struct pl_arena *arena, struct pl_debug_file *ret)
{
	const struct search search = {elf, read_link(elf, arena), has_debug, arena};
	const char *build_id = search.link.build_id;
	const char *directory = directory_of(path, arena);

	*ret = (struct pl_debug_file){0};
	if (!directory || pl_arena_failed(arena))
		return pl_error_no_memory();
	if (build_id && strlen(build_id) > 2)
		PL_TRY(try_path(&search,
				pl_arena_printf(arena, "%s/.build-id/%.2s/%s.debug", debug_dir,
						build_id, build_id + 2),
				ret));
	if (!ret->path && search.link.name)
		PL_TRY(try_link(&search, directory, debug_dir, ret));
	return NULL;
}
