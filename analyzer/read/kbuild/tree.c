/* SPDX-License-Identifier: MIT */
#include "read/kbuild/tree.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "read/kbuild/directory.h"
#include "read/kbuild/source.h"

static struct pl_error *not_configured(struct pl_arena *arena, const char *path, const char *build,
				       const struct pl_recipe *recipe)
{
	const char *missing = recipe->configured;
	bool is_source;

	if (pl_directory_is_empty(build))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: the directory is empty", path);
	PL_TRY(pl_source_is(arena, &recipe->source, build, &is_source));
	if (!is_source)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: not a build directory: there is no %s in it", path,
				    missing);
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "%s: not configured: there is no %s in it; configure it and run "
			    "`make prepare`, or name the build directory",
			    path, missing);
}

static struct pl_error *locate_build(struct pl_arena *arena, const char *path,
				     const struct pl_recipe *recipe, const char **ret)
{
	const char *build, *configured;
	struct stat status;

	PL_TRY(pl_directory_resolve(arena, path, &build));
	PL_TRY(pl_directory_join(arena, build, recipe->configured, &configured));
	if (stat(configured, &status)) {
		if (errno == ENOENT || errno == ENOTDIR)
			return not_configured(arena, path, build, recipe);
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", configured, strerror(errno));
	}
	*ret = build;
	return NULL;
}

static struct pl_error *locate_source(struct pl_arena *arena, const char *path, const char *build,
				      const struct pl_recipe *recipe, const char **ret)
{
	struct pl_error *error = pl_source_find(arena, &recipe->source, build, ret);

	return error ? pl_error_prefix(error, "%s", path) : NULL;
}

struct pl_error *pl_tree_locate(struct pl_arena *arena, const char *path, const char *source_tree,
				const struct pl_recipe *recipe, struct pl_tree *ret)
{
	struct pl_tree tree;

	PL_TRY(locate_build(arena, path, recipe, &tree.build));
	if (source_tree)
		PL_TRY(pl_source_take(arena, &recipe->source, source_tree, &tree.source));
	else
		PL_TRY(locate_source(arena, path, tree.build, recipe, &tree.source));
	*ret = tree;
	return NULL;
}
