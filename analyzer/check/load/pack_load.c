/* SPDX-License-Identifier: MIT */
#include "check/load/pack_load.h"

#include <string.h>

#include "check/load/builtin.h"
#include "check/load/pack_internal.h"

#define PACK_SCHEMA "pagelap-rules/1"

static struct pl_error *load_overlay(struct pl_pack *pack, json_t *object)
{
	static const char *const known[] = {"name", "pages", "ends_before", "members", NULL};
	struct pl_wanted_overlay *overlay = &pack->overlays[pack->n_overlays];
	json_t *pages = json_object_get(object, "pages");

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(pack->arena, object, "name", true, &overlay->name));
	for (size_t i = 0; i < pack->n_overlays; i++)
		if (!strcmp(pack->overlays[i].name, overlay->name))
			return pl_error_new(PL_ERROR_USAGE, "overlay \"%s\" is listed twice",
					    overlay->name);
	if (!strcmp(overlay->name, pack->host))
		return pl_error_new(PL_ERROR_USAGE,
				    "the host \"%s\" cannot be an overlay of itself", pack->host);
	overlay->pages = 1;
	if (pages && (!json_is_integer(pages) || json_integer_value(pages) < 1 ||
		      json_integer_value(pages) > PL_MOST_PAGES))
		return pl_json_wrong("pages", "an integer from 1 to 64");
	if (pages)
		overlay->pages = (size_t)json_integer_value(pages);
	pack->facts[pack->n_overlays].name = overlay->name;
	PL_TRY(pl_pack_load_facts(pack->arena, object, &pack->facts[pack->n_overlays]));
	pack->n_overlays++;
	return NULL;
}

static struct pl_error *load_overlays(struct pl_pack *pack, json_t *root)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(root, "overlays", true, &array));
	pack->overlays =
		pl_arena_array(pack->arena, json_array_size(array), sizeof(*pack->overlays));
	pack->facts = pl_arena_array(pack->arena, json_array_size(array), sizeof(*pack->facts));
	if (!pack->overlays || !pack->facts)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_error *error = load_overlay(pack, value);

		if (error)
			return pl_pack_in(error, "overlays", index);
	}
	return NULL;
}

static struct pl_error *load_class(struct pl_pack *pack, json_t *object)
{
	static const char *const known[] = {"class", "types", "fields", NULL};
	struct pl_pack_class *class = &pack->classes[pack->n_classes];
	const char *name = NULL;

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(pack->arena, object, "class", true, &name));
	if (!pl_type_class_parse(name, &class->type_class))
		return pl_error_new(PL_ERROR_USAGE, "\"class\": there is no type class \"%s\"",
				    name);
	PL_TRY(pl_json_copy_globs(pack->arena, object, "types", &class->types, &class->n_types));
	PL_TRY(pl_json_copy_globs(pack->arena, object, "fields", &class->fields, &class->n_fields));
	pack->n_classes++;
	return NULL;
}

/* "padding" is a short way to write a class that is always needed. */
static struct pl_error *load_classes(struct pl_pack *pack, json_t *root)
{
	struct pl_pack_class *padding;
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(root, "classes", false, &array));
	pack->classes =
		pl_arena_array(pack->arena, json_array_size(array) + 1, sizeof(*pack->classes));
	if (!pack->classes)
		return pl_error_no_memory();
	padding = &pack->classes[pack->n_classes++];
	padding->type_class = PL_CLASS_PADDING;
	PL_TRY(pl_json_copy_globs(pack->arena, root, "padding", &padding->fields,
				  &padding->n_fields));
	json_array_foreach(array, index, value) PL_TRY(load_class(pack, value));
	return NULL;
}

static struct pl_error *load_root(struct pl_pack *pack, json_t *root)
{
	static const char *const known[] = {
		"schema",     "name",	"title", "host",  "overlays", "padding", "classes",
		"unit_order", "banner", "probe", "words", "rules",    "macros",	 NULL};

	PL_TRY(pl_json_check_keys(root, known));
	PL_TRY(pl_json_copy_string(pack->arena, root, "name", true, &pack->name));
	PL_TRY(pl_json_copy_string(pack->arena, root, "title", false, &pack->title));
	PL_TRY(pl_json_copy_string(pack->arena, root, "host", true, &pack->host));
	PL_TRY(pl_json_copy_string(pack->arena, root, "banner", false, &pack->banner));
	PL_TRY(load_overlays(pack, root));
	PL_TRY(load_classes(pack, root));
	PL_TRY(pl_pack_load_words(pack, root));
	PL_TRY(pl_pack_load_rules(pack, root));
	PL_TRY(pl_pack_load_constants(pack, root));
	PL_TRY(pl_json_copy_strings(pack->arena, root, "probe", &pack->probe, &pack->n_probe));
	return pl_json_copy_globs(pack->arena, root, "unit_order", &pack->unit_order,
				  &pack->n_unit_order);
}

struct pl_error *pl_pack_parse(const char *origin, struct pl_bytes text, struct pl_pack **ret)
{
	PL_CLEANUP(pl_json_cleanup) json_t *root = NULL;
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	struct pl_arena *arena = pl_arena_new();
	struct pl_error *error;

	pack = arena ? pl_arena_alloc(arena, sizeof(*pack)) : NULL;
	if (!pack) {
		pl_arena_free(arena);
		return pl_error_no_memory();
	}
	pack->arena = arena;
	PL_TRY(pl_json_parse(origin, text, PACK_SCHEMA, &root));
	error = load_root(pack, root);
	if (error)
		return pl_error_prefix(error, "%s", origin);
	*ret = pack;
	pack = NULL;
	return NULL;
}

struct pl_error *pl_pack_load(const char *path, struct pl_pack **ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	PL_TRY(pl_json_open(path, &file));
	return pl_pack_parse(path, file.bytes, ret);
}

struct pl_error *pl_pack_builtin(struct pl_pack **ret)
{
	return pl_pack_parse("built-in rule pack", pl_builtin_pack, ret);
}

void pl_pack_free(struct pl_pack *pack)
{
	if (pack)
		pl_arena_free(pack->arena);
}

void pl_pack_cleanup(struct pl_pack **pack)
{
	pl_pack_free(*pack);
}
