/* SPDX-License-Identifier: MIT */
#include "check/load/usage_load.h"

#include "check/load/builtin.h"
#include "check/load/json_load.h"

#define USAGE_SCHEMA "pagelap-usage/1"

/* More arguments than any function has. */
enum { MAX_ARGUMENTS = 64 };

/* The number of an argument under KEY into *RET, which stays as it is without one. */
static struct pl_error *load_argument(json_t *object, const char *key, int *ret)
{
	json_t *value = json_object_get(object, key);
	json_int_t number = json_integer_value(value);

	if (!value)
		return NULL;
	if (!json_is_integer(value) || number < 0 || number >= MAX_ARGUMENTS)
		return pl_json_wrong(key, "the number of an argument, from 0");
	*ret = (int)number;
	return NULL;
}

static struct pl_error *load_flag(json_t *object, const char *key, bool *ret)
{
	json_t *value = json_object_get(object, key);

	if (value && !json_is_boolean(value))
		return pl_json_wrong(key, "true or false");
	*ret = json_is_true(value);
	return NULL;
}

static struct pl_error *load_effect(struct pl_arena *arena, json_t *object,
				    struct pl_effect *effect)
{
	static const char *const known[] = {"callees", "argument", "does", "bit", "whole", NULL};
	const char *does = NULL;

	*effect = (struct pl_effect){.argument = PL_EFFECT_ANY, .bit = -1};
	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_globs(arena, object, "callees", &effect->callees, &effect->n_callees));
	if (!effect->n_callees)
		return pl_json_wrong("callees", "an array of strings with one at least");
	PL_TRY(pl_json_copy_string(arena, object, "does", true, &does));
	if (!pl_effect_kind_parse(does, &effect->does))
		return pl_json_wrong("does", "read, write, read-write, nothing or unevaluated");
	PL_TRY(load_argument(object, "argument", &effect->argument));
	PL_TRY(load_argument(object, "bit", &effect->bit));
	return load_flag(object, "whole", &effect->whole);
}

static struct pl_error *load_effects(struct pl_usage_rules *rules, json_t *root)
{
	json_t *array, *object;
	size_t index;

	PL_TRY(pl_json_objects(root, "effects", true, &array));
	rules->n_effects = json_array_size(array);
	rules->effects = pl_arena_array(rules->arena, rules->n_effects, sizeof(*rules->effects));
	if (!rules->effects)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
		PL_TRY(load_effect(rules->arena, object, &rules->effects[index]));
	return NULL;
}

static struct pl_error *load_shortcuts(struct pl_usage_rules *rules, json_t *root)
{
	static const char *const known[] = {"flag", "unless", NULL};
	json_t *array, *object;
	size_t index;

	PL_TRY(pl_json_objects(root, "shortcuts", false, &array));
	rules->n_shortcuts = json_array_size(array);
	rules->shortcuts =
		pl_arena_array(rules->arena, rules->n_shortcuts, sizeof(*rules->shortcuts));
	if (!rules->shortcuts)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
	{
		struct pl_shortcut *its = &rules->shortcuts[index];

		PL_TRY(pl_json_check_keys(object, known));
		PL_TRY(pl_json_copy_string(rules->arena, object, "flag", true, &its->flag));
		PL_TRY(pl_json_copy_string(rules->arena, object, "unless", false, &its->unless));
	}
	return NULL;
}

static struct pl_error *load_root(struct pl_usage_rules *rules, json_t *root)
{
	static const char *const known[] = {"schema",	 "name",     "title", "effects",
					    "shortcuts", "harmless", NULL};

	PL_TRY(pl_json_check_keys(root, known));
	PL_TRY(pl_json_copy_string(rules->arena, root, "name", true, &rules->name));
	PL_TRY(pl_json_copy_string(rules->arena, root, "title", false, &rules->title));
	PL_TRY(load_effects(rules, root));
	PL_TRY(load_shortcuts(rules, root));
	return pl_json_copy_strings(rules->arena, root, "harmless", &rules->harmless,
				    &rules->n_harmless);
}

struct pl_error *pl_usage_rules_parse(const char *origin, struct pl_bytes text,
				      struct pl_usage_rules **ret)
{
	PL_CLEANUP(pl_json_cleanup) json_t *root = NULL;
	PL_CLEANUP(pl_usage_rules_cleanup) struct pl_usage_rules *rules = NULL;
	struct pl_arena *arena = pl_arena_new();
	struct pl_error *error;

	rules = arena ? pl_arena_alloc(arena, sizeof(*rules)) : NULL;
	if (!rules) {
		pl_arena_free(arena);
		return pl_error_no_memory();
	}
	rules->arena = arena;
	rules->digest = pl_digest(text.data, text.size);
	PL_TRY(pl_json_parse(origin, text, USAGE_SCHEMA, &root));
	error = load_root(rules, root);
	if (error)
		return pl_error_prefix(error, "%s", origin);
	*ret = rules;
	rules = NULL;
	return NULL;
}

struct pl_error *pl_usage_rules_load(const char *path, struct pl_usage_rules **ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	PL_TRY(pl_json_open(path, &file));
	return pl_usage_rules_parse(path, file.bytes, ret);
}

struct pl_error *pl_usage_rules_builtin(struct pl_usage_rules **ret)
{
	return pl_usage_rules_parse("built-in usage rules", pl_builtin_usage, ret);
}

void pl_usage_rules_free(struct pl_usage_rules *rules)
{
	if (rules)
		pl_arena_free(rules->arena);
}

void pl_usage_rules_cleanup(struct pl_usage_rules **rules)
{
	pl_usage_rules_free(*rules);
}
