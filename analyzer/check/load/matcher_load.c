/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/load/pack_internal.h"

static const char *const matcher_keys[] = {"overlays", "members", "classes",  "types", "archs",
					   "bits",     "exact",	  "releases", NULL};

static bool is_among(const char *const *list, const char *key)
{
	while (list && *list && strcmp(*list, key))
		list++;
	return list && *list;
}

static struct pl_error *check_keys(json_t *object, const char *const *extra)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (!is_among(matcher_keys, key) && !is_among(extra, key))
			return pl_error_new(PL_ERROR_USAGE, "unknown key \"%s\"", key);
	}
	return NULL;
}

/* An empty list would fit everything, though nothing is in it. */
static struct pl_error *copy_globs(struct pl_arena *arena, json_t *object, const char *key,
				   const char ***ret, size_t *count)
{
	PL_TRY(pl_json_copy_globs(arena, object, key, ret, count));
	if (*ret && !*count)
		return pl_json_wrong(key, "an array of strings with one at least");
	return NULL;
}

struct pl_error *pl_pack_matcher(struct pl_arena *arena, json_t *object, const char *const *extra,
				 struct pl_matcher *ret)
{
	uint64_t bits = 0;

	PL_TRY(check_keys(object, extra));
	PL_TRY(copy_globs(arena, object, "overlays", &ret->overlays, &ret->n_overlays));
	PL_TRY(copy_globs(arena, object, "members", &ret->members, &ret->n_members));
	PL_TRY(pl_pack_classes(object, &ret->classes));
	PL_TRY(copy_globs(arena, object, "types", &ret->types, &ret->n_types));
	PL_TRY(copy_globs(arena, object, "archs", &ret->archs, &ret->n_archs));
	bits = (uint64_t)json_integer_value(json_object_get(object, "bits"));
	if (json_object_get(object, "bits") && bits != 32 && bits != 64)
		return pl_json_wrong("bits", "32 or 64");
	ret->bits = (unsigned)bits;
	PL_TRY(pl_pack_flag(object, "exact", &ret->exact));
	return pl_pack_releases(object, &ret->releases);
}

struct pl_error *pl_pack_no_word(const struct pl_matcher *matcher)
{
	return matcher->exact ? pl_error_new(PL_ERROR_USAGE, "\"exact\": there is no word here "
							     "that a member could be")
			      : NULL;
}

struct pl_error *pl_pack_matchers(struct pl_arena *arena, json_t *object, const char *key,
				  bool reasons, struct pl_matcher **ret, size_t *count)
{
	static const char *const with_reason[] = {"reason", NULL};
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(object, key, false, &array));
	*ret = pl_arena_array(arena, json_array_size(array), sizeof(**ret));
	if (!*ret)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_matcher *matcher = &(*ret)[index];
		struct pl_error *error =
			pl_pack_matcher(arena, value, reasons ? with_reason : NULL, matcher);

		if (!error && reasons)
			error = pl_json_copy_string(arena, value, "reason", true, &matcher->reason);
		if (!error && reasons)
			error = pl_pack_no_word(matcher);
		if (error)
			return pl_pack_in(error, key, index);
	}
	*count = json_array_size(array);
	return NULL;
}
