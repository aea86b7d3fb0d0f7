/* SPDX-License-Identifier: MIT */
#include "read/report/report_value.h"

#include <string.h>

#include "support/text.h"

static struct pl_error *expected(const char *key, const char *what)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: expected %s", key, what);
}

struct pl_error *pl_value_text(json_t *object, const char *key, struct pl_arena *arena,
			       const char **ret)
{
	json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		return expected(key, "a string");
	*ret = pl_text_copy(arena, json_string_value(value));
	return *ret ? NULL : pl_error_no_memory();
}

static bool is_nothing(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return !value || json_is_null(value);
}

struct pl_error *pl_value_optional_text(json_t *object, const char *key, struct pl_arena *arena,
					const char **ret)
{
	*ret = NULL;
	return is_nothing(object, key) ? NULL : pl_value_text(object, key, arena, ret);
}

struct pl_error *pl_value_number(json_t *object, const char *key, uint64_t most, uint64_t *ret)
{
	json_t *value = json_object_get(object, key);

	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    (uint64_t)json_integer_value(value) > most)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: expected an integer from 0 to %ju",
				    key, (uintmax_t)most);
	*ret = (uint64_t)json_integer_value(value);
	return NULL;
}

struct pl_error *pl_value_optional_number(json_t *object, const char *key, uint64_t most,
					  uint64_t *ret)
{
	*ret = 0;
	return is_nothing(object, key) ? NULL : pl_value_number(object, key, most, ret);
}

struct pl_error *pl_value_optional_signed(json_t *object, const char *key, bool *known,
					  int64_t *ret)
{
	json_t *value = json_object_get(object, key);

	*known = !is_nothing(object, key);
	*ret = 0;
	if (!*known)
		return NULL;
	if (!json_is_integer(value))
		return expected(key, "an integer or null");
	*ret = json_integer_value(value);
	return NULL;
}

struct pl_error *pl_value_bool(json_t *object, const char *key, bool *ret)
{
	json_t *value = json_object_get(object, key);

	if (!json_is_boolean(value))
		return expected(key, "a boolean");
	*ret = json_is_true(value);
	return NULL;
}

struct pl_error *pl_value_index(json_t *object, const char *key, size_t count, size_t *ret)
{
	uint64_t value = 0;

	*ret = PL_NONE;
	if (is_nothing(object, key))
		return NULL;
	if (!count)
		return expected(key, "null");
	PL_TRY(pl_value_number(object, key, count - 1, &value));
	*ret = (size_t)value;
	return NULL;
}

struct pl_error *pl_value_array(json_t *object, const char *key, json_t **ret)
{
	*ret = json_object_get(object, key);
	return json_is_array(*ret) ? NULL : expected(key, "an array");
}

struct pl_error *pl_value_record_kind(json_t *object, struct pl_arena *arena, bool *is_union)
{
	const char *kind;

	PL_TRY(pl_value_text(object, "kind", arena, &kind));
	*is_union = !strcmp(kind, "union");
	return *is_union || !strcmp(kind, "struct") ? NULL
						    : expected("kind", "\"struct\" or \"union\"");
}

struct pl_error *pl_value_place(json_t *object, struct pl_arena *arena, struct pl_place *ret)
{
	uint64_t line;

	PL_TRY(pl_value_optional_text(object, "file", arena, &ret->file));
	PL_TRY(pl_value_optional_number(object, "line", UINT32_MAX, &line));
	ret->line = (unsigned)line;
	return NULL;
}

struct pl_error *pl_value_spot(json_t *object, struct pl_arena *arena, struct pl_spot *ret)
{
	uint64_t column;

	PL_TRY(pl_value_place(object, arena, &ret->place));
	PL_TRY(pl_value_optional_number(object, "column", UINT32_MAX, &column));
	ret->column = (unsigned)column;
	PL_TRY(pl_value_optional_text(object, "function", arena, &ret->function));
	return pl_value_optional_text(object, "through", arena, &ret->through);
}

struct pl_error *pl_value_class(json_t *object, const char *key, enum pl_type_class *ret)
{
	const char *name = json_string_value(json_object_get(object, key));

	if (!name || !pl_type_class_parse(name, ret))
		return expected(key, "the name of a type class");
	return NULL;
}

struct pl_error *pl_value_in(struct pl_error *error, const char *key, size_t index)
{
	return pl_error_prefix(error, "%s[%zu]", key, index);
}
