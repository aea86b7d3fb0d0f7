/* SPDX-License-Identifier: MIT */
#include "read/kbuild/objects.h"

#include <string.h>

#include "read/kbuild/makefile.h"
#include "read/kbuild/textfile.h"

enum { DEPTH = 32 }; /* of directories; kernels have ten */

/* The directories on the way to a file, the tree itself first. */
struct way {
	struct pl_arena *arena;
	const struct pl_kconfig *config;
	const char *path; /* of the object, from the tree */
	struct {
		size_t start;	      /* where in the path names from here begin */
		const char *makefile; /* NULL: there is none */
		bool left_out;
	} steps[DEPTH];
	size_t n_steps;
};

static struct pl_error *read_makefile(struct pl_arena *arena, const char *source,
				      const char *directory, int length, const char **ret)
{
	const char *path = pl_arena_printf(arena, "%s/%.*s", source, length, directory), *text;

	*ret = NULL;
	if (!path)
		return pl_error_no_memory();
	PL_TRY(pl_textfile_try(arena, path, "Kbuild", &text));
	if (!text)
		PL_TRY(pl_textfile_try(arena, path, "Makefile", &text));
	return text ? pl_makefile_plain(arena, text, ret) : NULL;
}

/*
 * Whether what the path names up to END, a directory or the object, is left
 * out: some directory above it names it, and none that is built builds it.
 */
static struct pl_error *is_left_out(const struct way *way, size_t end, bool *ret)
{
	bool named = false;

	*ret = false;
	for (size_t i = way->n_steps; i-- > 0;) {
		size_t start = way->steps[i].start;
		const char *name = pl_arena_strndup(way->arena, way->path + start, end - start);
		enum pl_built built = PL_BUILT_UNNAMED;

		if (!name)
			return pl_error_no_memory();
		if (way->steps[i].makefile)
			PL_TRY(pl_makefile_builds(way->arena, way->steps[i].makefile, name,
						  way->config, &built));
		if (built == PL_BUILT_MAYBE && !way->steps[i].left_out)
			return NULL;
		named |= built != PL_BUILT_UNNAMED;
	}
	*ret = named;
	return NULL;
}

static struct pl_error *walk(struct way *way, const char *source, bool *ret)
{
	size_t end = 0;

	*ret = false;
	while (way->n_steps < DEPTH) {
		const char *slash = strchr(way->path + end, '/');
		bool left_out = false;

		if (end)
			PL_TRY(is_left_out(way, end, &left_out));
		way->steps[way->n_steps].start = end;
		way->steps[way->n_steps].left_out = left_out;
		PL_TRY(read_makefile(way->arena, source, way->path, (int)end,
				     &way->steps[way->n_steps].makefile));
		way->n_steps++;
		if (!slash)
			return is_left_out(way, strlen(way->path), ret);
		end = (size_t)(slash - way->path) + 1;
	}
	return NULL;
}

struct pl_error *pl_kbuild_leaves_out(struct pl_arena *arena, const char *source, const char *file,
				      const struct pl_kconfig *config, bool *ret)
{
	struct way way = {.arena = arena, .config = config};
	size_t length = strlen(file);

	*ret = false;
	if (length < 3 || strcmp(file + length - 2, ".c"))
		return NULL;
	way.path = pl_arena_printf(arena, "%.*s.o", (int)length - 2, file);
	return way.path ? walk(&way, source, ret) : pl_error_no_memory();
}
