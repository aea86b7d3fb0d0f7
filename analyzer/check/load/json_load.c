/* SPDX-License-Identifier: MIT */
#include "check/load/json_load.h"

#include <string.h>

#include "support/glob.h"
#include "support/json.h"
#include "support/text.h"

void pl_json_cleanup(json_t **json)
{
	json_decref(*json);
}

struct pl_error *pl_json_open(const char *path, struct pl_file *ret)
{
	struct pl_error *error = pl_file_open(path, ret);

	if (error && error->kind != PL_ERROR_MEMORY)
		error->kind = PL_ERROR_USAGE;
	return error;
}

struct pl_error *pl_json_wrong(const char *key, const char *expected)
{
	return pl_error_new(PL_ERROR_USAGE, "\"%s\": expected %s", key, expected);
}

static struct pl_error *check_schema(json_t *root, const char *schema)
{
	const char *its = json_string_value(json_object_get(root, "schema"));

	if (!json_is_object(root))
		return pl_error_new(PL_ERROR_USAGE, "expected an object");
	if (!its || strcmp(its, schema))
		return pl_error_new(PL_ERROR_USAGE, "\"schema\": expected \"%s\"", schema);
	return NULL;
}

struct pl_error *pl_json_parse(const char *origin, struct pl_bytes text, const char *schema,
			       json_t **ret)
{
	PL_CLEANUP(pl_json_cleanup) json_t *root = NULL;
	struct pl_error *error;
	json_error_t where;

	PL_TRY(pl_json_decode(text, JSON_REJECT_DUPLICATES, &root, &where));
	if (!root)
		return pl_error_new(PL_ERROR_USAGE, "%s:%d:%d: %s", origin, where.line,
				    where.column, where.text);
	error = check_schema(root, schema);
	if (error)
		return pl_error_prefix(error, "%s", origin);
	*ret = root;
	root = NULL;
	return NULL;
}

static bool is_known(const char *key, const char *const *known)
{
	while (*known && strcmp(*known, key))
		known++;
	return *known;
}

/* A misspelled key would be a rule that silently does nothing. */
struct pl_error *pl_json_check_keys(json_t *object, const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) if (!is_known(key, known)) return pl_error_new(
		PL_ERROR_USAGE, "unknown key \"%s\"", key);
	return NULL;
}

struct pl_error *pl_json_copy_string(struct pl_arena *arena, json_t *object, const char *key,
				     bool required, const char **ret)
{
	json_t *value = json_object_get(object, key);

	if (!value && !required)
		return NULL;
	if (!json_is_string(value) || !json_string_length(value))
		return pl_json_wrong(key, "a string that is not empty");
	*ret = pl_text_copy(arena, json_string_value(value));
	return *ret ? NULL : pl_error_no_memory();
}

struct pl_error *pl_json_copy_strings(struct pl_arena *arena, json_t *object, const char *key,
				      const char ***ret, size_t *count)
{
	json_t *array = json_object_get(object, key), *value;
	size_t index;

	if (!array)
		return NULL;
	if (!json_is_array(array))
		return pl_json_wrong(key, "an array of strings");
	*ret = pl_arena_array(arena, json_array_size(array), sizeof(**ret));
	if (!*ret)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		if (!json_is_string(value) || !json_string_length(value))
			return pl_json_wrong(key, "an array of strings that are not empty");
		(*ret)[index] = pl_text_copy(arena, json_string_value(value));
		if (!(*ret)[index])
			return pl_error_no_memory();
	}
	*count = json_array_size(array);
	return NULL;
}

struct pl_error *pl_json_copy_globs(struct pl_arena *arena, json_t *object, const char *key,
				    const char ***ret, size_t *count)
{
	PL_TRY(pl_json_copy_strings(arena, object, key, ret, count));
	for (size_t i = 0; *ret && i < *count; i++)
		if (!pl_glob_is_whole((*ret)[i]))
			return pl_error_new(PL_ERROR_USAGE, "\"%s\": \"%s\" is no whole glob", key,
					    (*ret)[i]);
	return NULL;
}

struct pl_error *pl_json_objects(json_t *object, const char *key, bool required, json_t **ret)
{
	json_t *array = json_object_get(object, key), *value;
	size_t index;

	if ((array || required) && !json_is_array(array))
		return pl_json_wrong(key, "an array of objects");
	json_array_foreach(array, index, value) if (!json_is_object(value)) return pl_json_wrong(
		key, "an array of objects");
	*ret = array;
	return NULL;
}
