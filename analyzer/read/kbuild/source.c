/* SPDX-License-Identifier: MIT */
#include "read/kbuild/source.h"

#include <string.h>

#include "read/kbuild/directory.h"
#include "read/kbuild/textfile.h"
#include "support/strbuf.h"

struct search {
	struct pl_arena *arena;
	const struct pl_recipe_source *recipe;
	const char *build;
	const char *found;     /* NULL: not yet */
	struct pl_words tried; /* directories that turned out not to be it */
};

/* A makefile alone does not do: build directories have one too, without a version. */
struct pl_error *pl_source_is(struct pl_arena *arena, const struct pl_recipe_source *recipe,
			      const char *directory, bool *ret)
{
	const char *path, *makefile, *version = NULL;

	PL_TRY(pl_directory_join(arena, directory, recipe->directory, &path));
	*ret = false;
	if (!pl_directory_is(path))
		return NULL;
	PL_TRY(pl_textfile_try(arena, directory, recipe->makefile, &makefile));
	if (makefile)
		PL_TRY(pl_text_variable(arena, makefile, recipe->version[0], &version));
	*ret = version;
	return NULL;
}

struct pl_error *pl_source_take(struct pl_arena *arena, const struct pl_recipe_source *recipe,
				const char *path, const char **ret)
{
	const char *directory;
	bool is;

	PL_TRY(pl_directory_resolve(arena, path, &directory));
	PL_TRY(pl_source_is(arena, recipe, directory, &is));
	if (!is)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: not a source tree: there is no %s in it, or no %s with a "
				    "version",
				    path, recipe->directory, recipe->makefile);
	*ret = directory;
	return NULL;
}

static struct pl_error *try_directory(struct search *search, const char *directory)
{
	bool is;

	if (search->found || pl_words_have(&search->tried, directory))
		return NULL;
	PL_TRY(pl_source_is(search->arena, search->recipe, directory, &is));
	if (is)
		return pl_directory_resolve(search->arena, directory, &search->found);
	return pl_words_add(search->arena, &search->tried, directory);
}

/*
 * A package's makefile includes that of another package by where it would be
 * once installed. Packages that were unpacked elsewhere still lie side by side.
 */
static struct pl_error *try_included(struct search *search, const char *makefile)
{
	const char *directory, *beside, *sibling, *slash;

	PL_TRY(pl_directory_join(search->arena, search->build, makefile, &makefile));
	PL_TRY(pl_directory_join(search->arena, makefile, "..", &directory));
	PL_TRY(pl_directory_join(search->arena, search->build, "..", &beside));
	slash = strrchr(directory, '/');
	PL_TRY(pl_directory_join(search->arena, beside, slash ? slash + 1 : directory, &sibling));
	PL_TRY(try_directory(search, sibling));
	return try_directory(search, directory);
}

static struct pl_error *try_makefile(struct search *search)
{
	struct pl_words included = {0};
	const char *text;

	PL_TRY(pl_textfile_try(search->arena, search->build, search->recipe->makefile, &text));
	if (!text)
		return NULL;
	PL_TRY(pl_text_includes(search->arena, text, &included));
	for (size_t i = 0; i < included.n && !search->found; i++)
		PL_TRY(try_included(search, included.items[i]));
	return NULL;
}

static struct pl_error *try_link(struct search *search)
{
	const char *path;

	if (!search->recipe->link)
		return NULL;
	PL_TRY(pl_directory_join(search->arena, search->build, search->recipe->link, &path));
	return try_directory(search, path);
}

static struct pl_error *nowhere(const struct search *search)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf tried = PL_STRBUF_INIT;

	for (size_t i = 0; i < search->tried.n; i++) {
		pl_strbuf_add(&tried, i ? ", " : "");
		pl_strbuf_add(&tried, search->tried.items[i]);
	}
	if (pl_strbuf_failed(&tried))
		return pl_error_no_memory();
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "its source tree is at none of %s; name it, or unpack the package it "
			    "is from beside this one",
			    tried.text);
}

struct pl_error *pl_source_find(struct pl_arena *arena, const struct pl_recipe_source *recipe,
				const char *build, const char **ret)
{
	struct search search = {.arena = arena, .recipe = recipe, .build = build};

	PL_TRY(try_directory(&search, build));
	if (!search.found)
		PL_TRY(try_link(&search));
	if (!search.found)
		PL_TRY(try_makefile(&search));
	if (!search.found)
		return nowhere(&search);
	*ret = search.found;
	return NULL;
}
