/* SPDX-License-Identifier: MIT */
#include "read/kbuild/release.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "read/kbuild/textfile.h"

/* The numbers of the version with dots between them, and what EXTRA adds. */
static struct pl_error *read_source(struct pl_arena *arena, const struct pl_recipe_source *source,
				    const char *directory, const char **numbers, const char **extra)
{
	const char *text, *value, *version = NULL;

	PL_TRY(pl_textfile_try(arena, directory, source->makefile, &text));
	if (!text)
		return NULL;
	for (size_t i = 0; i < source->n_version; i++) {
		PL_TRY(pl_text_variable(arena, text, source->version[i], &value));
		if (!value || !isdigit((unsigned char)*value))
			return NULL;
		version = pl_arena_printf(arena, "%s%s%s", i ? version : "", i ? "." : "", value);
		if (!version)
			return pl_error_no_memory();
	}
	*numbers = version;
	return source->extra ? pl_text_variable(arena, text, source->extra, extra) : NULL;
}

/* "TEXT" without its quotes, where it has them. */
static struct pl_error *unquote(struct pl_arena *arena, const char **text)
{
	if (**text != '"')
		return NULL;
	*text = pl_arena_strndup(arena, *text + 1, strcspn(*text + 1, "\""));
	return *text ? NULL : pl_error_no_memory();
}

static struct pl_error *read_build(struct pl_arena *arena, const char *directory,
				   const struct pl_recipe_release *release, const char **ret)
{
	const char *text;

	PL_TRY(pl_textfile_try(arena, directory, release->file, &text));
	*ret = NULL;
	if (!text)
		return NULL;
	if (!release->macro)
		return pl_text_first_line(arena, text, ret);
	PL_TRY(pl_text_macro(arena, text, release->macro, ret));
	return *ret ? unquote(arena, ret) : NULL;
}

/* Whether RELEASE is one of the sources of version NUMBERS: see the header. */
static bool fits(const char *release, const char *numbers)
{
	for (;;) {
		char *release_end, *numbers_end;
		unsigned long had = strtoul(release, &release_end, 10);
		unsigned long wanted = strtoul(numbers, &numbers_end, 10);

		if (!*numbers_end)
			return had == wanted || (!had && release_end[0] == '-' &&
						 isdigit((unsigned char)release_end[1]));
		if (had != wanted)
			return false;
		if (release_end[0] != '.' || !isdigit((unsigned char)release_end[1]))
			return !strchr(numbers_end + 1, '.');
		release = release_end + 1;
		numbers = numbers_end + 1;
	}
}

static struct pl_error *check(const struct pl_tree *tree, const char *file, const char *release,
			      const char *numbers)
{
	if (!numbers || fits(release, numbers))
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "the source tree %s is of %s, the build directory of %s (%s): "
			    "generated headers of another release give wrong layouts",
			    tree->source, numbers, release, file);
}

struct pl_error *pl_release_find(struct pl_arena *arena, const struct pl_recipe *recipe,
				 const struct pl_tree *tree, struct pl_release *ret)
{
	const char *numbers = NULL, *extra = NULL, *found;
	struct pl_release release = {0};

	PL_TRY(read_source(arena, &recipe->source, tree->source, &numbers, &extra));
	for (size_t i = 0; i < recipe->n_release; i++) {
		PL_TRY(read_build(arena, tree->build, &recipe->release[i], &found));
		if (!found || !*found)
			continue;
		PL_TRY(check(tree, recipe->release[i].file, found, numbers));
		release.build = release.build ? release.build : found;
	}
	if (numbers)
		release.source = pl_arena_printf(arena, "%s%s", numbers, extra ? extra : "");
	if (numbers && !release.source)
		return pl_error_no_memory();
	*ret = release;
	return NULL;
}
