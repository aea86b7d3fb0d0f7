/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "check/load/pack_internal.h"

/* Far beyond the size of any host, in bits or words. */
enum { MAX_SIZE = 1 << 20, MAX_PAGE = 63 };

static struct pl_error *load_word(struct pl_pack *pack, json_t *object)
{
	static const char *const known[] = {"name", "fields", NULL};
	struct pl_word *word = &pack->words[pack->n_words];

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(pack->arena, object, "name", true, &word->name));
	PL_TRY(pl_json_copy_strings(pack->arena, object, "fields", &word->fields, &word->n_fields));
	if (!word->n_fields)
		return pl_json_wrong("fields", "an array of strings with one at least");
	for (size_t i = 0; i < pack->n_words; i++)
		if (!strcmp(pack->words[i].name, word->name))
			return pl_error_new(PL_ERROR_USAGE, "word \"%s\" is listed twice",
					    word->name);
	pack->n_words++;
	return NULL;
}

struct pl_error *pl_pack_load_words(struct pl_pack *pack, json_t *root)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(root, "words", false, &array));
	pack->words = pl_arena_array(pack->arena, json_array_size(array), sizeof(*pack->words));
	if (!pack->words)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_error *error = load_word(pack, value);

		if (error)
			return pl_pack_in(error, "words", index);
	}
	return NULL;
}

/* "word", "2 words", "4 bytes", "15 bits"; false for anything else. */
static bool parse_size(const char *text, struct pl_home *home)
{
	char *unit;
	unsigned long number;

	if (!strcmp(text, "word")) {
		home->words = 1;
		return true;
	}
	if (*text < '1' || *text > '9')
		return false;
	number = strtoul(text, &unit, 10);
	if (number > MAX_SIZE)
		return false;
	if (!strcmp(unit, " words"))
		home->words = (unsigned)number;
	else if (!strcmp(unit, " bytes"))
		home->bits = (uint64_t)number * 8;
	else if (!strcmp(unit, " bits"))
		home->bits = number;
	else
		return false;
	return true;
}

static struct pl_error *load_size(json_t *object, struct pl_home *home)
{
	json_t *value = json_object_get(object, "size");

	if (value && (!json_is_string(value) || !parse_size(json_string_value(value), home)))
		return pl_json_wrong("size", "\"word\", \"2 words\", \"4 bytes\" or \"15 bits\"");
	return NULL;
}

static struct pl_error *load_home(struct pl_arena *arena, json_t *object, struct pl_home *home)
{
	static const char *const known[] = {"member", "on",   "page",	"at",	    "classes",
					    "size",   "twin", "always", "releases", NULL};
	uint64_t page = 0;

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(arena, object, "member", true, &home->member));
	PL_TRY(pl_json_copy_string(arena, object, "on", true, &home->word));
	PL_TRY(pl_pack_number(object, "page", 0, MAX_PAGE, &page));
	PL_TRY(pl_pack_number(object, "at", 0, MAX_SIZE, &home->at));
	PL_TRY(pl_pack_classes(object, &home->classes));
	PL_TRY(load_size(object, home));
	PL_TRY(pl_pack_flag(object, "twin", &home->twin));
	PL_TRY(pl_pack_flag(object, "always", &home->always));
	home->page = (size_t)page;
	return pl_pack_releases(object, &home->releases);
}

struct pl_error *pl_pack_load_facts(struct pl_arena *arena, json_t *object,
				    struct pl_overlay_facts *ret)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_copy_strings(arena, object, "ends_before", &ret->ends_before,
				    &ret->n_ends_before));
	PL_TRY(pl_json_objects(object, "members", false, &array));
	ret->homes = pl_arena_array(arena, json_array_size(array), sizeof(*ret->homes));
	if (!ret->homes)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_error *error = load_home(arena, value, &ret->homes[index]);

		if (error)
			return pl_pack_in(error, "members", index);
	}
	ret->n_homes = json_array_size(array);
	return NULL;
}
