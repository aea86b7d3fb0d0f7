/* SPDX-License-Identifier: MIT */
#include "check/load/recipe_load.h"

#include "check/load/builtin.h"
#include "check/load/json_load.h"

#define RECIPE_SCHEMA "pagelap-recipe/1"

/* A list that has to say something. */
static struct pl_error *copy_some(struct pl_arena *arena, json_t *object, const char *key,
				  const char ***ret, size_t *count)
{
	PL_TRY(pl_json_copy_strings(arena, object, key, ret, count));
	return *count ? NULL : pl_json_wrong(key, "an array of strings with one at least");
}

static struct pl_error *load_source(struct pl_recipe *recipe, json_t *root)
{
	static const char *const known[] = {"directory", "makefile", "version",
					    "extra",	 "link",     NULL};
	struct pl_recipe_source *source = &recipe->source;
	json_t *object = json_object_get(root, "source");

	if (!json_is_object(object))
		return pl_json_wrong("source", "an object");
	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(recipe->arena, object, "directory", true, &source->directory));
	PL_TRY(pl_json_copy_string(recipe->arena, object, "makefile", true, &source->makefile));
	PL_TRY(pl_json_copy_string(recipe->arena, object, "extra", false, &source->extra));
	PL_TRY(pl_json_copy_string(recipe->arena, object, "link", false, &source->link));
	return copy_some(recipe->arena, object, "version", &source->version, &source->n_version);
}

static struct pl_error *load_database(struct pl_recipe *recipe, json_t *root)
{
	static const char *const known[] = {"file", "units", NULL};
	json_t *object = json_object_get(root, "database");

	if (!object)
		return NULL;
	if (!json_is_object(object))
		return pl_json_wrong("database", "an object");
	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(recipe->arena, object, "file", true, &recipe->database));
	return pl_json_copy_strings(recipe->arena, object, "units", &recipe->units,
				    &recipe->n_units);
}

static struct pl_error *load_releases(struct pl_recipe *recipe, json_t *root)
{
	static const char *const known[] = {"file", "macro", NULL};
	json_t *array, *object;
	size_t index;

	PL_TRY(pl_json_objects(root, "release", false, &array));
	recipe->n_release = json_array_size(array);
	recipe->release =
		pl_arena_array(recipe->arena, recipe->n_release, sizeof(*recipe->release));
	if (!recipe->release)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
	{
		struct pl_recipe_release *its = &recipe->release[index];

		PL_TRY(pl_json_check_keys(object, known));
		PL_TRY(pl_json_copy_string(recipe->arena, object, "file", true, &its->file));
		PL_TRY(pl_json_copy_string(recipe->arena, object, "macro", false, &its->macro));
	}
	return NULL;
}

static struct pl_error *load_arch(struct pl_arena *arena, json_t *object,
				  struct pl_recipe_arch *arch)
{
	static const char *const known[] = {"name", "srcarch",	 "when", "target",
					    "bits", "untrusted", NULL};
	json_int_t bits = json_integer_value(json_object_get(object, "bits"));

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(arena, object, "name", true, &arch->name));
	PL_TRY(pl_json_copy_string(arena, object, "srcarch", true, &arch->srcarch));
	PL_TRY(copy_some(arena, object, "when", &arch->when, &arch->n_when));
	PL_TRY(pl_json_copy_string(arena, object, "target", false, &arch->target));
	PL_TRY(pl_json_copy_string(arena, object, "untrusted", false, &arch->untrusted));
	if (bits != 32 && bits != 64)
		return pl_json_wrong("bits", "32 or 64");
	if (!arch->target && !arch->untrusted)
		return pl_error_new(PL_ERROR_USAGE,
				    "architecture \"%s\": without a \"target\", \"untrusted\" has "
				    "to say why",
				    arch->name);
	arch->bits = (unsigned)bits;
	return NULL;
}

static struct pl_error *load_archs(struct pl_recipe *recipe, json_t *root)
{
	json_t *array, *object;
	size_t index;

	PL_TRY(pl_json_objects(root, "architectures", true, &array));
	recipe->n_archs = json_array_size(array);
	recipe->archs = pl_arena_array(recipe->arena, recipe->n_archs, sizeof(*recipe->archs));
	if (!recipe->archs)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
		PL_TRY(load_arch(recipe->arena, object, &recipe->archs[index]));
	return NULL;
}

static struct pl_error *load_adjustments(struct pl_recipe *recipe, json_t *root)
{
	static const char *const known[] = {"srcarch", "when", "flags", NULL};
	struct pl_arena *arena = recipe->arena;
	json_t *array, *object;
	size_t index;

	PL_TRY(pl_json_objects(root, "adjustments", false, &array));
	recipe->n_adjustments = json_array_size(array);
	recipe->adjustments =
		pl_arena_array(arena, recipe->n_adjustments, sizeof(*recipe->adjustments));
	if (!recipe->adjustments)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
	{
		struct pl_recipe_adjustment *its = &recipe->adjustments[index];

		PL_TRY(pl_json_check_keys(object, known));
		PL_TRY(pl_json_copy_string(arena, object, "srcarch", false, &its->srcarch));
		PL_TRY(pl_json_copy_strings(arena, object, "when", &its->when, &its->n_when));
		PL_TRY(copy_some(arena, object, "flags", &its->flags, &its->n_flags));
	}
	return NULL;
}

static struct pl_error *load_sizes(struct pl_recipe *recipe, json_t *root)
{
	static const char *const known[] = {"file", "macro", "type", NULL};
	struct pl_arena *arena = recipe->arena;
	json_t *array, *object;
	size_t index;

	PL_TRY(pl_json_objects(root, "sizes", false, &array));
	recipe->n_sizes = json_array_size(array);
	recipe->sizes = pl_arena_array(arena, recipe->n_sizes, sizeof(*recipe->sizes));
	if (!recipe->sizes)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
	{
		struct pl_recipe_size *its = &recipe->sizes[index];

		PL_TRY(pl_json_check_keys(object, known));
		PL_TRY(pl_json_copy_string(arena, object, "file", true, &its->file));
		PL_TRY(pl_json_copy_string(arena, object, "macro", true, &its->macro));
		PL_TRY(pl_json_copy_string(arena, object, "type", true, &its->type));
	}
	return NULL;
}

/* The lists of strings, which need not be there. */
static struct pl_error *load_lists(struct pl_recipe *recipe, json_t *root)
{
	const struct {
		const char *key;
		const char ***list;
		size_t *count;
	} lists[] = {
		{"commands", &recipe->commands, &recipe->n_commands},
		{"flags", &recipe->flags, &recipe->n_flags},
		{"include", &recipe->include, &recipe->n_include},
		{"forced", &recipe->forced, &recipe->n_forced},
		{"randomised", &recipe->randomised, &recipe->n_randomised},
		{"scan_skip", &recipe->scan_skip, &recipe->n_scan_skip},
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		PL_TRY(pl_json_copy_strings(recipe->arena, root, lists[i].key, lists[i].list,
					    lists[i].count));
	return NULL;
}

static struct pl_error *load_root(struct pl_recipe *recipe, json_t *root)
{
	static const char *const known[] = {
		"schema",	 "name",	 "title",    "configured", "source",	 "config",
		"release",	 "commands",	 "database", "flags",	   "include",	 "forced",
		"architectures", "adjustments",	 "clang",    "word",	   "randomised", "sizes",
		"scan_skip",	 "kernel_macro", NULL};

	PL_TRY(pl_json_check_keys(root, known));
	PL_TRY(pl_json_copy_string(recipe->arena, root, "name", true, &recipe->name));
	PL_TRY(pl_json_copy_string(recipe->arena, root, "title", false, &recipe->title));
	PL_TRY(pl_json_copy_string(recipe->arena, root, "configured", true, &recipe->configured));
	PL_TRY(load_source(recipe, root));
	PL_TRY(copy_some(recipe->arena, root, "config", &recipe->config, &recipe->n_config));
	PL_TRY(load_releases(recipe, root));
	PL_TRY(load_database(recipe, root));
	PL_TRY(load_archs(recipe, root));
	PL_TRY(load_adjustments(recipe, root));
	PL_TRY(load_sizes(recipe, root));
	PL_TRY(load_lists(recipe, root));
	PL_TRY(pl_json_copy_string(recipe->arena, root, "kernel_macro", false,
				   &recipe->kernel_macro));
	PL_TRY(pl_json_copy_string(recipe->arena, root, "clang", false, &recipe->clang));
	return pl_json_copy_string(recipe->arena, root, "word", false, &recipe->word);
}

struct pl_error *pl_recipe_parse(const char *origin, struct pl_bytes text, struct pl_recipe **ret)
{
	PL_CLEANUP(pl_json_cleanup) json_t *root = NULL;
	PL_CLEANUP(pl_recipe_cleanup) struct pl_recipe *recipe = NULL;
	struct pl_arena *arena = pl_arena_new();
	struct pl_error *error;

	recipe = arena ? pl_arena_alloc(arena, sizeof(*recipe)) : NULL;
	if (!recipe) {
		pl_arena_free(arena);
		return pl_error_no_memory();
	}
	recipe->arena = arena;
	PL_TRY(pl_json_parse(origin, text, RECIPE_SCHEMA, &root));
	error = load_root(recipe, root);
	if (error)
		return pl_error_prefix(error, "%s", origin);
	*ret = recipe;
	recipe = NULL;
	return NULL;
}

struct pl_error *pl_recipe_load(const char *path, struct pl_recipe **ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	PL_TRY(pl_json_open(path, &file));
	return pl_recipe_parse(path, file.bytes, ret);
}

struct pl_error *pl_recipe_builtin(struct pl_recipe **ret)
{
	return pl_recipe_parse("built-in recipe", pl_builtin_recipe, ret);
}

void pl_recipe_free(struct pl_recipe *recipe)
{
	if (recipe)
		pl_arena_free(recipe->arena);
}

void pl_recipe_cleanup(struct pl_recipe **recipe)
{
	pl_recipe_free(*recipe);
}
