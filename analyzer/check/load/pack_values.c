/* SPDX-License-Identifier: MIT */
#include "check/load/pack_internal.h"

struct pl_error *pl_pack_in(struct pl_error *error, const char *key, size_t index)
{
	return error->kind == PL_ERROR_MEMORY ? error
					      : pl_error_prefix(error, "%s[%zu]", key, index);
}

/* 0 stands for an open end, and no release has it. */
static bool parse_release(const char **text, unsigned *major, unsigned *minor)
{
	return **text != '0' && pl_release_take(text, major, minor);
}

/* "6.10-6.2" would be a rule that silently does nothing. */
static bool is_backwards(const struct pl_releases *releases)
{
	return releases->from_major && releases->to_major &&
	       (releases->from_major > releases->to_major ||
		(releases->from_major == releases->to_major &&
		 releases->from_minor > releases->to_minor));
}

struct pl_error *pl_pack_releases(json_t *object, struct pl_releases *ret)
{
	json_t *value = json_object_get(object, "releases");
	const char *text = json_string_value(value);
	struct pl_releases found = {0};
	bool from, fine;

	if (!value)
		return NULL;
	if (!text)
		return pl_json_wrong("releases", "a string");
	from = *text != '-';
	fine = !from || parse_release(&text, &found.from_major, &found.from_minor);
	if (fine && !*text) {
		found.to_major = found.from_major;
		found.to_minor = found.from_minor;
	} else if (fine && (fine = *text++ == '-') && (*text || !from)) {
		fine = parse_release(&text, &found.to_major, &found.to_minor) && !*text;
	}
	if (!fine || (!found.from_major && !found.to_major) || is_backwards(&found))
		return pl_json_wrong("releases", "\"6.2-\", \"-6.1\", \"6.2-6.10\" or \"6.12\"");
	*ret = found;
	return NULL;
}

struct pl_error *pl_pack_classes(json_t *object, unsigned *ret)
{
	json_t *array = json_object_get(object, "classes"), *value;
	enum pl_type_class type_class;
	unsigned found = 0;
	size_t index;

	if (!array)
		return NULL;
	if (!json_is_array(array) || !json_array_size(array))
		return pl_json_wrong("classes", "an array of type classes");
	json_array_foreach(array, index, value)
	{
		const char *name = json_string_value(value);

		if (!name || !pl_type_class_parse(name, &type_class))
			return pl_error_new(PL_ERROR_USAGE,
					    "\"classes\": there is no type class \"%s\"",
					    name ? name : "");
		found |= 1U << type_class;
	}
	*ret = found;
	return NULL;
}

struct pl_error *pl_pack_number(json_t *object, const char *key, uint64_t least, uint64_t most,
				uint64_t *ret)
{
	json_t *value = json_object_get(object, key);
	json_int_t number = json_integer_value(value);

	if (!value)
		return NULL;
	if (!json_is_integer(value) || number < 0 || (uint64_t)number < least ||
	    (uint64_t)number > most)
		return pl_error_new(PL_ERROR_USAGE, "\"%s\": expected an integer from %ju to %ju",
				    key, (uintmax_t)least, (uintmax_t)most);
	*ret = (uint64_t)number;
	return NULL;
}

struct pl_error *pl_pack_flag(json_t *object, const char *key, bool *ret)
{
	json_t *value = json_object_get(object, key);

	if (!value)
		return NULL;
	if (!json_is_boolean(value))
		return pl_json_wrong(key, "true or false");
	*ret = json_is_true(value);
	return NULL;
}
