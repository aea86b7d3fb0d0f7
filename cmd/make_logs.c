/* SPDX-License-Identifier: MIT */
#include "make_logs.h"

#include <string.h>

#include "collect.h"
#include "read/kbuild/kbuild.h"

/* How many builds of SOURCES are called NAME, of those that can only be told from each other so. */
static struct pl_error *count_builds(struct pl_arena *arena, const char *name, char **sources,
				     size_t count, size_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < count; i++) {
		const char *its, *path;

		PL_TRY(collect_split(arena, sources[i], &its, &path));
		*ret += its && !strcmp(its, name) && pl_kbuild_detect(path);
	}
	return NULL;
}

static struct pl_error *check_name(const struct settings *settings, struct pl_arena *arena,
				   size_t log, const char *name)
{
	for (size_t i = 0; i < log; i++) {
		const char *its, *path;

		PL_TRY(collect_split(arena, settings->make_logs[i], &its, &path));
		if (its && !strcmp(its, name))
			return pl_error_new(PL_ERROR_USAGE, "option --make-log: two for '%s'",
					    name);
	}
	return NULL;
}

static struct pl_error *check(const struct settings *settings, struct pl_arena *arena, size_t log,
			      char **sources, size_t count)
{
	const char *name, *path;
	size_t builds;

	PL_TRY(collect_split(arena, settings->make_logs[log], &name, &path));
	if (!name && (count > 1 || settings->n_make_logs > 1))
		return pl_error_new(PL_ERROR_USAGE,
				    "option --make-log: of several builds each log is named as "
				    "its build is: NAME=%s",
				    path);
	if (!name)
		return NULL;
	PL_TRY(check_name(settings, arena, log, name));
	PL_TRY(count_builds(arena, name, sources, count, &builds));
	if (builds == 1)
		return NULL;
	return pl_error_new(PL_ERROR_USAGE, "option --make-log: %s build is called '%s'",
			    builds ? "more than one" : "no", name);
}

struct pl_error *make_logs_check(const struct settings *settings, struct pl_arena *arena,
				 char **sources, size_t count)
{
	for (size_t i = 0; i < settings->n_make_logs; i++)
		PL_TRY(check(settings, arena, i, sources, count));
	return NULL;
}

struct pl_error *make_logs_find(const struct settings *settings, struct pl_arena *arena,
				const char *name, const char **ret)
{
	*ret = NULL;
	for (size_t i = 0; i < settings->n_make_logs; i++) {
		const char *its, *path;

		PL_TRY(collect_split(arena, settings->make_logs[i], &its, &path));
		if (!its || !strcmp(its, name))
			*ret = path;
	}
	return NULL;
}
