/* SPDX-License-Identifier: MIT */
#include "read/usage/place.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

struct pl_error *pl_place_make(struct pl_arena *arena, const char **ret)
{
	const char *directory = getenv("TMPDIR");
	char *path;

	if (!directory || !*directory)
		directory = "/tmp";
	path = pl_arena_printf(arena, "%s/pagelap-XXXXXX", directory);
	if (!path)
		return pl_error_no_memory();
	*ret = mkdtemp(path);
	return NULL;
}

void pl_place_remove(const char **path)
{
	DIR *stream = *path ? opendir(*path) : NULL;
	struct dirent *entry;

	if (!stream)
		return;
	while ((entry = readdir(stream)))
		(void)unlinkat(dirfd(stream), entry->d_name, 0);
	closedir(stream);
	(void)rmdir(*path);
}
