/* SPDX-License-Identifier: MIT */
#include "read/kbuild/recorded.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

#include "read/kbuild/cmdfile.h"
#include "read/kbuild/database.h"
#include "support/file.h"
#include "support/strbuf.h"

/* The glob PATTERN in BUILD, whose own name may look like one. */
static void add_pattern(const char *build, const char *pattern, struct pl_strbuf *ret)
{
	for (; *build; build++) {
		if (strchr("*?[\\", *build))
			pl_strbuf_add_char(ret, '\\');
		pl_strbuf_add_char(ret, *build);
	}
	pl_strbuf_add_char(ret, '/');
	pl_strbuf_add(ret, pattern);
}

/* Sets *RET to the first file in BUILD that fits PATTERN, if there is one. */
static struct pl_error *find_file(struct pl_arena *arena, const char *build, const char *pattern,
				  const char **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	glob_t found;
	int status;

	add_pattern(build, pattern, &path);
	if (pl_strbuf_failed(&path))
		return pl_error_no_memory();
	status = glob(path.text, 0, NULL, &found);
	if (status == GLOB_NOSPACE)
		return pl_error_no_memory();
	if (status)
		return NULL;
	*ret = pl_arena_strdup(arena, found.gl_pathv[0]);
	globfree(&found);
	return *ret ? NULL : pl_error_no_memory();
}

static struct pl_error *read_command(struct pl_arena *arena, const char *path, const char *build,
				     struct pl_flags *ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_words words = {0};
	struct pl_error *error;

	PL_TRY(pl_file_open(path, &file));
	error = pl_cmdfile_parse(arena, file.bytes, &words);
	if (error)
		return pl_error_prefix(error, "%s", path);
	return pl_flags_translate(arena, &words, build, ret);
}

static struct pl_error *read_database(struct pl_arena *arena, const struct pl_recipe *recipe,
				      const char *path, const char *build, struct pl_flags *ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_database_entry entry;
	struct pl_error *error;

	PL_TRY(pl_file_open(path, &file));
	error = pl_database_choose(arena, file.bytes, recipe->units, recipe->n_units, &entry);
	if (error)
		return pl_error_prefix(error, "%s", path);
	return pl_flags_translate(arena, &entry.words, entry.directory ? entry.directory : build,
				  ret);
}

struct pl_error *pl_recorded_find(struct pl_arena *arena, const struct pl_recipe *recipe,
				  const char *build, struct pl_recorded *ret)
{
	const char *path = NULL;

	*ret = (struct pl_recorded){0};
	for (size_t i = 0; i < recipe->n_commands && !path; i++)
		PL_TRY(find_file(arena, build, recipe->commands[i], &path));
	if (path) {
		ret->from = path + strlen(build) + 1;
		return read_command(arena, path, build, &ret->flags);
	}
	if (!recipe->database)
		return NULL;
	path = pl_arena_printf(arena, "%s/%s", build, recipe->database);
	if (!path)
		return pl_error_no_memory();
	if (access(path, F_OK))
		return NULL;
	ret->from = recipe->database;
	return read_database(arena, recipe, path, build, &ret->flags);
}
