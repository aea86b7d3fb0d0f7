/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fts.h>
#include <string.h>

#include "read/kbuild/cmdfile.h"
#include "read/units/units_internal.h"
#include "support/file.h"

static bool ends(const char *text, size_t length, const char *end)
{
	size_t wanted = strlen(end);

	return length >= wanted && !strcmp(text + length - wanted, end);
}

/* ".memory.o.cmd" says how memory.o was made. */
static bool is_command_file(const FTSENT *entry)
{
	return entry->fts_info == FTS_F && *entry->fts_name == '.' &&
	       ends(entry->fts_name, entry->fts_namelen, ".o.cmd");
}

/* Objects are also linked, archived, copied: those commands name no C file. */
static struct pl_error *take(struct pl_unit_finder *finder, const char *path)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_words words = {0};
	struct pl_error *error;

	PL_TRY(pl_file_open(path, &file));
	error = pl_cmdfile_parse(finder->arena, file.bytes, &words);
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	if (!error)
		return pl_units_add(finder, &words, finder->kbuild->build);
	pl_error_free(error);
	return NULL;
}

static struct pl_error *walk(struct pl_unit_finder *finder, FTS *tree)
{
	FTSENT *entry;

	for (errno = 0; (entry = fts_read(tree)); errno = 0) {
		if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
			return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", entry->fts_path,
					    strerror(entry->fts_errno));
		if (is_command_file(entry))
			PL_TRY(take(finder, entry->fts_path));
	}
	if (errno)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", finder->kbuild->build,
				    strerror(errno));
	return NULL;
}

struct pl_error *pl_units_from_commands(struct pl_unit_finder *finder)
{
	char *roots[] = {(char *)pl_arena_strdup(finder->arena, finder->kbuild->build), NULL};
	FTS *tree = roots[0] ? fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
	struct pl_error *error;

	if (!roots[0])
		return pl_error_no_memory();
	if (!tree)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", roots[0], strerror(errno));
	error = walk(finder, tree);
	fts_close(tree);
	return error;
}
