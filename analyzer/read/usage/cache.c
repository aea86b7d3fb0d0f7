/* SPDX-License-Identifier: MIT */
#include "read/usage/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "read/usage/cache_file.h"
#include "support/file.h"

/* DIRECTORY and those it is in; where that fails the file cannot be written, and that is told. */
static void make_directories(char *directory)
{
	for (char *at = directory + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		(void)mkdir(directory, 0777);
		*at = '/';
	}
	(void)mkdir(directory, 0777);
}

static struct pl_error *name_file(struct pl_usage_cache *cache, const char *directory,
				  const char *build)
{
	const struct pl_digest digest = pl_digest(build, strlen(build));
	char *copy = pl_arena_strdup(cache->arena, directory), hex[PL_DIGEST_HEX];

	if (!copy)
		return pl_error_no_memory();
	make_directories(copy);
	pl_digest_hex(&digest, hex);
	cache->path = pl_arena_printf(cache->arena, "%s/usage-%s", directory, hex);
	return cache->path ? NULL : pl_error_no_memory();
}

/* Longer than any file takes to be written. */
enum { LEFT_OVER_SECONDS = 3600 };

static bool is_left_over(const struct pl_usage_cache *cache, int directory, const char *name)
{
	const char *own = strrchr(cache->path, '/') + 1;
	size_t length = strlen(own);
	struct stat status;

	return !strncmp(name, own, length) && name[length] == '.' &&
	       !fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) &&
	       status.st_mtime < cache->began - LEFT_OVER_SECONDS;
}

/* What runs have left that were killed while they wrote the file. */
static void clear(const struct pl_usage_cache *cache, const char *directory)
{
	DIR *stream = opendir(directory);
	const struct dirent *entry;

	if (!stream)
		return;
	while ((entry = readdir(stream)))
		if (is_left_over(cache, dirfd(stream), entry->d_name))
			(void)unlinkat(dirfd(stream), entry->d_name, 0);
	closedir(stream);
}

struct pl_error *pl_usage_cache_open(struct pl_usage_cache *cache, const char *directory,
				     const char *build)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_error *error;

	cache->began = (int64_t)time(NULL);
	PL_TRY(name_file(cache, directory, build));
	clear(cache, directory);
	if (access(cache->path, R_OK))
		return NULL;
	error = pl_file_open(cache->path, &file);
	if (!error)
		error = pl_cache_file_take(cache, file.bytes);
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	return NULL;
}

static struct pl_cached_unit *look_up(const struct pl_usage_cache *cache,
				      const struct pl_digest *key)
{
	struct pl_cached_unit *unit = pl_idmap_get(&cache->by_key, pl_digest_key(key));

	return unit && pl_digest_equal(&unit->key, key) ? unit : NULL;
}

/* What was renewed during this run is the same as what this run has read, not as what FOUND did. */
static bool still_counts(struct pl_usage_cache *cache, const struct pl_cached_unit *found)
{
	const struct pl_gathered_unit *unit = &found->unit;

	for (size_t i = 0; i < unit->absent.n; i++)
		if (!access(unit->absent.items[i], F_OK))
			return false;
	for (size_t i = 0; i < unit->n_inputs; i++) {
		uint32_t input = unit->inputs[i];

		if (input >= cache->n_states || (found->age && cache->states[input].renewed) ||
		    !pl_input_is_same(cache->gathered->inputs[input], &cache->states[input]))
			return false;
	}
	return true;
}

bool pl_usage_cache_find(struct pl_usage_cache *cache, const struct pl_digest *key,
			 struct pl_gathered_unit *ret)
{
	struct pl_cached_unit *found = look_up(cache, key);

	if (!found || !still_counts(cache, found))
		return false;
	found->age = 0;
	*ret = found->unit;
	return true;
}

struct pl_error *pl_usage_cache_put(struct pl_usage_cache *cache, const struct pl_digest *key,
				    const struct pl_gathered_unit *unit)
{
	struct pl_cached_unit *found = look_up(cache, key), **list;

	if (!found) {
		/* Two keys that share eight bytes: one of them is not kept. */
		if (pl_idmap_get(&cache->by_key, pl_digest_key(key)))
			return NULL;
		found = pl_arena_alloc(cache->arena, sizeof(*found));
		list = pl_arena_grow(cache->arena, cache->units, cache->n_units,
				     &cache->units_capacity, sizeof(*list));
		if (!found || !list)
			return pl_error_no_memory();
		cache->units = list;
		found->key = *key;
		list[cache->n_units++] = found;
		PL_TRY(pl_idmap_put(&cache->by_key, pl_digest_key(key), found));
	}
	found->unit = *unit;
	found->age = 0;
	return NULL;
}
