/* SPDX-License-Identifier: MIT */
#include "read/kbuild/directory.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "read/paths.h"

bool pl_directory_is(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

bool pl_directory_is_empty(const char *path)
{
	DIR *stream = opendir(path);
	const struct dirent *entry;
	bool empty = stream;

	while (empty && (entry = readdir(stream)))
		empty = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
	if (stream)
		closedir(stream);
	return empty;
}

static struct pl_error *unreadable(const char *path, int cause)
{
	if (cause == ENOMEM)
		return pl_error_no_memory();
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", path, strerror(cause));
}

struct pl_error *pl_directory_resolve(struct pl_arena *arena, const char *path, const char **ret)
{
	char *real = realpath(path, NULL);
	const char *copy;

	if (!real)
		return unreadable(path, errno);
	copy = pl_arena_strdup(arena, real);
	free(real);
	if (!copy)
		return pl_error_no_memory();
	if (!pl_directory_is(copy))
		return unreadable(path, ENOTDIR);
	*ret = copy;
	return NULL;
}

struct pl_error *pl_directory_join(struct pl_arena *arena, const char *directory, const char *name,
				   const char **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	const char *copy;

	pl_path_join(directory, name, &path);
	copy = pl_strbuf_failed(&path) ? NULL : pl_arena_strdup(arena, path.text);
	if (!copy)
		return pl_error_no_memory();
	*ret = copy;
	return NULL;
}
