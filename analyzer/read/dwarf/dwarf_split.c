/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_split.h"

#include <string.h>
#include <sys/stat.h>

#include "read/paths.h"

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A name in a file of others may be that of a device, which does things when it is opened. */
static bool is_regular(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISREG(status.st_mode);
}

static bool find_unit(const struct pl_dwarf_unit *skeleton, struct pl_dwarf_split *split)
{
	for (size_t i = 0; i < split->units.count; i++)
		if (split->units.list[i].dwo_id == skeleton->dwo_id &&
		    split->units.list[i].version == skeleton->version) {
			split->unit = i;
			return true;
		}
	return false;
}

static struct pl_error *read_file(const struct pl_read_request *request,
				  struct pl_dwarf_split *split)
{
	PL_TRY(pl_elf_parse(split->arena, split->file.bytes, &split->elf));
	split->elf.mapped = split->file.mapped;
	if (!pl_dwarf_is_in(&split->elf, true))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "there is no section .debug_info.dwo in it");
	PL_TRY(pl_dwarf_open(&split->elf, true, split->arena, &split->dwarf));
	return pl_dwarf_units_read(&split->dwarf, request, split->arena, &split->units);
}

static void close_file(struct pl_dwarf_split *split)
{
	pl_dwarf_close(&split->dwarf);
	pl_file_close(&split->file);
	split->dwarf = (struct pl_dwarf){0};
	split->file = (struct pl_file){0};
}

/* Takes PATH if it has the unit; what is there, and cannot be read, is an error. */
static struct pl_error *try_path(const struct pl_dwarf_unit *skeleton, const char *path,
				 const struct pl_read_request *request,
				 struct pl_dwarf_split *split)
{
	struct pl_error *error;

	PL_TRY(pl_file_open(path, &split->file));
	error = read_file(request, split);
	if (!error && find_unit(skeleton, split)) {
		split->path = path;
		return NULL;
	}
	if (!error && split->units.any_types) /* one is where the unit should be */
		error = pl_error_new(PL_ERROR_UNREADABLE, "type units (-fdebug-types-section) are "
							  "not supported");
	close_file(split);
	return error ? pl_error_prefix(error, "%s", path) : NULL;
}

static struct pl_error *not_found(const char *wanted, const char *path, const char *stale)
{
	if (stale)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "its types are not in %s, which is from another build", stale);
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "its types are in %s, which is not there, nor beside %s", wanted, path);
}

static struct pl_error *find_file(const struct pl_dwarf_unit *skeleton, const char *path,
				  const struct pl_read_request *request,
				  struct pl_dwarf_split *split)
{
	const char *name = skeleton->dwo_name, *stale = NULL;
	const char *paths[] = {
		*name == '/' || !skeleton->directory
			? name
			: pl_arena_printf(split->arena, "%s/%s", skeleton->directory, name),
		pl_path_beside(split->arena, path, *name == '/' ? last_part(name) : name),
		pl_path_beside(split->arena, path, last_part(name)),
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths) && !split->path; i++) {
		if (pl_arena_failed(split->arena))
			return pl_error_no_memory();
		if (!is_regular(paths[i]))
			continue;
		PL_TRY(try_path(skeleton, paths[i], request, split));
		stale = stale ? stale : paths[i];
	}
	return split->path ? NULL : not_found(paths[0], path, stale);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

struct pl_error *pl_dwarf_split_open(const struct pl_dwarf_unit *skeleton, const char *path,
				     const struct pl_read_request *request,
				     struct pl_dwarf_split *split)
{
	if (split->path && same_text(split->name, skeleton->dwo_name) &&
	    same_text(split->directory, skeleton->directory) && find_unit(skeleton, split))
		return NULL;
	pl_dwarf_split_close(split);
	split->arena = pl_arena_new();
	if (!split->arena)
		return pl_error_no_memory();
	split->name = skeleton->dwo_name;
	split->directory = skeleton->directory;
	return find_file(skeleton, path, request, split);
}

void pl_dwarf_split_close(struct pl_dwarf_split *split)
{
	close_file(split);
	pl_arena_free(split->arena);
	*split = (struct pl_dwarf_split){0};
}
