/* SPDX-License-Identifier: MIT */
#include "read/kbuild/database.h"

#include <fnmatch.h>
#include <jansson.h>
#include <string.h>

#include "support/json.h"

static void json_cleanup(json_t **json)
{
	json_decref(*json);
}

static const char *get_text(json_t *entry, const char *key)
{
	return json_string_value(json_object_get(entry, key));
}

/* Assembler has flags of its own, and no declarations. */
static bool is_c_file(const char *file)
{
	size_t length = strlen(file);

	return length > 2 && !strcmp(file + length - 2, ".c");
}

static bool fits(const char *glob, const char *file)
{
	while (fnmatch(glob, file, FNM_PATHNAME)) {
		file = strchr(file, '/');
		if (!file)
			return false;
		file++;
	}
	return true;
}

/* Which of the N globs is the first that fits; N when none does. */
static size_t rank(const char *file, const char *const *preferred, size_t n)
{
	size_t i = 0;

	while (i < n && !fits(preferred[i], file))
		i++;
	return i;
}

static json_t *choose(json_t *root, const char *const *preferred, size_t n)
{
	json_t *entry, *best = NULL;
	size_t index, best_rank = 0;

	json_array_foreach(root, index, entry)
	{
		const char *file = get_text(entry, "file");
		size_t its;

		if (!file || !is_c_file(file))
			continue;
		its = rank(file, preferred, n);
		if (best && (its > best_rank ||
			     (its == best_rank && strcmp(file, get_text(best, "file")) >= 0)))
			continue;
		best = entry;
		best_rank = its;
	}
	return best;
}

static struct pl_error *copy_arguments(struct pl_arena *arena, json_t *arguments,
				       struct pl_words *ret)
{
	json_t *value;
	size_t index;

	json_array_foreach(arguments, index, value)
	{
		const char *text = json_string_value(value);

		if (!text)
			return pl_error_new(PL_ERROR_UNREADABLE,
					    "\"arguments\": expected an array of strings");
		PL_TRY(pl_words_add(arena, ret, pl_arena_strdup(arena, text)));
	}
	return NULL;
}

static struct pl_error *copy_entry(struct pl_arena *arena, json_t *entry,
				   struct pl_database_entry *ret)
{
	const char *command = get_text(entry, "command"), *directory = get_text(entry, "directory");

	*ret = (struct pl_database_entry){.directory = pl_arena_strdup(arena, directory)};
	if (directory && !ret->directory)
		return pl_error_no_memory();
	if (command)
		return pl_words_split(arena, &command, &ret->words);
	return copy_arguments(arena, json_object_get(entry, "arguments"), &ret->words);
}

static struct pl_error *load(struct pl_bytes text, json_t **ret)
{
	json_error_t where;

	PL_TRY(pl_json_decode(text, 0, ret, &where));
	if (!*ret)
		return pl_error_new(PL_ERROR_UNREADABLE, "%d:%d: %s", where.line, where.column,
				    where.text);
	return NULL;
}

struct pl_error *pl_database_choose(struct pl_arena *arena, struct pl_bytes text,
				    const char *const *preferred, size_t n,
				    struct pl_database_entry *ret)
{
	PL_CLEANUP(json_cleanup) json_t *root = NULL;
	json_t *entry;

	PL_TRY(load(text, &root));
	entry = choose(root, preferred, n);
	if (!entry)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "not a compilation database with a C file in it");
	return copy_entry(arena, entry, ret);
}

struct pl_error *pl_database_each(struct pl_arena *arena, struct pl_bytes text,
				  pl_database_take *take, void *context)
{
	PL_CLEANUP(json_cleanup) json_t *root = NULL;
	struct pl_database_entry its;
	json_t *entry;
	size_t index;

	PL_TRY(load(text, &root));
	json_array_foreach(root, index, entry)
	{
		const char *file = get_text(entry, "file");

		if (!file || !is_c_file(file))
			continue;
		PL_TRY(copy_entry(arena, entry, &its));
		PL_TRY(take(context, &its));
	}
	return NULL;
}
