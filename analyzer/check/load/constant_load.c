/* SPDX-License-Identifier: MIT */
/* Expressions are C that a compiler will read beside others: none may reach into the next one. */
#include <ctype.h>
#include <string.h>

#include "check/load/pack_internal.h"

/* Deeper and longer than anybody can read; the compiler's own limit is 256. */
enum { MAX_DEPTH = 64, MAX_LENGTH = 1000 };

#define PUNCTUATION " ()[]+-*/%<>=!&|^~?:,."

/* What stands behind the identifier that TEXT begins with; NULL if it begins with none. */
static const char *skip_identifier(const char *text)
{
	const char *end = text;

	while (isalnum((unsigned char)*end) || *end == '_')
		end++;
	return end == text || isdigit((unsigned char)*text) ? NULL : end;
}

static bool is_identifier(const char *text)
{
	const char *end = skip_identifier(text);

	return end && !*end;
}

/* "NAME", "NAME()", "NAME(a, b)" */
static bool is_macro(const char *text)
{
	const char *at = skip_identifier(text);

	if (!at || !*at || !strcmp(at, "()"))
		return at;
	if (*at != '(')
		return false;
	do {
		at += 1 + strspn(at + 1, " ");
		at = skip_identifier(at);
	} while (at && *at == ',');
	return at && !strcmp(at, ")");
}

static bool is_paired(const char *text)
{
	char open[MAX_DEPTH];
	size_t depth = 0;

	for (; *text; text++) {
		if (*text == '(' || *text == '[') {
			if (depth == MAX_DEPTH)
				return false;
			open[depth++] = *text == '(' ? ')' : ']';
		} else if (*text == ')' || *text == ']') {
			if (!depth || open[--depth] != *text)
				return false;
		}
	}
	return !depth;
}

/* Operators, names and numbers on one line, with parentheses in pairs and no comment. */
static struct pl_error *check_c(const char *key, const char *text)
{
	const char *c = text;

	while (isalnum((unsigned char)*c) || (*c && strchr("_" PUNCTUATION, *c)))
		c++;
	if (*c || strstr(text, "//") || strstr(text, "/*") || strlen(text) > MAX_LENGTH)
		return pl_json_wrong(key, "a C expression on one line, of names, numbers and "
					  "operators");
	if (!is_paired(text))
		return pl_error_new(PL_ERROR_USAGE, "\"%s\": parentheses do not match", key);
	return NULL;
}

static struct pl_error *load_wanted(struct pl_arena *arena, json_t *object,
				    struct pl_wanted_constant *wanted)
{
	PL_TRY(pl_json_copy_string(arena, object, "expression", true, &wanted->expression));
	PL_TRY(check_c("expression", wanted->expression));
	PL_TRY(pl_json_copy_strings(arena, object, "needs", &wanted->needs, &wanted->n_needs));
	for (size_t i = 0; i < wanted->n_needs; i++)
		if (!is_identifier(wanted->needs[i]))
			return pl_json_wrong("needs", "names of macros");
	return NULL;
}

static struct pl_error *load_one(struct pl_arena *arena, json_t *object, struct pl_held *held)
{
	static const char *const known[] = {"expression", "needs",    "says", "archs",
					    "bits",	  "releases", NULL};
	static const char *const extra[] = {"expression", "needs", "says", NULL};

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_pack_matcher(arena, object, extra, &held->where));
	PL_TRY(pl_json_copy_string(arena, object, "says", false, &held->says));
	return load_wanted(arena, object, &held->wanted);
}

struct pl_error *pl_pack_load_held(struct pl_arena *arena, json_t *object, struct pl_rule *rule)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(object, "holds", true, &array));
	rule->held = pl_arena_array(arena, json_array_size(array), sizeof(*rule->held));
	if (!rule->held)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_error *error = load_one(arena, value, &rule->held[index]);

		if (error)
			return pl_pack_in(error, "holds", index);
	}
	rule->n_held = json_array_size(array);
	return NULL;
}

static struct pl_error *load_macro(struct pl_arena *arena, json_t *object,
				   struct pl_wanted_macro *macro)
{
	static const char *const known[] = {"define", "as", NULL};

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(pl_json_copy_string(arena, object, "define", true, &macro->define));
	if (!is_macro(macro->define))
		return pl_json_wrong("define", "the name of a macro, and its parameters");
	PL_TRY(pl_json_copy_string(arena, object, "as", true, &macro->as));
	return check_c("as", macro->as);
}

static struct pl_error *load_macros(struct pl_pack *pack, json_t *root)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(root, "macros", false, &array));
	pack->macros = pl_arena_array(pack->arena, json_array_size(array), sizeof(*pack->macros));
	if (!pack->macros)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_error *error = load_macro(pack->arena, value, &pack->macros[index]);

		if (error)
			return pl_pack_in(error, "macros", index);
	}
	pack->n_macros = json_array_size(array);
	return NULL;
}

static void want(struct pl_pack *pack, const struct pl_wanted_constant *wanted)
{
	for (size_t i = 0; i < pack->n_constants; i++)
		if (pl_wanted_constant_same(&pack->constants[i], wanted))
			return;
	pack->constants[pack->n_constants++] = *wanted;
}

struct pl_error *pl_pack_load_constants(struct pl_pack *pack, json_t *root)
{
	size_t most = 0;

	PL_TRY(load_macros(pack, root));
	for (size_t i = 0; i < pack->n_rules; i++)
		most += pack->rules[i].n_held;
	pack->constants = pl_arena_array(pack->arena, most, sizeof(*pack->constants));
	if (!pack->constants)
		return pl_error_no_memory();
	for (size_t i = 0; i < pack->n_rules; i++)
		for (size_t j = 0; j < pack->rules[i].n_held; j++)
			if (pack->rules[i].info.severity != PL_SEVERITY_NONE)
				want(pack, &pack->rules[i].held[j].wanted);
	return NULL;
}
