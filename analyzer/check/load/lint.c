/* SPDX-License-Identifier: MIT */
#include "check/load/lint.h"

#include <string.h>

#include "check/load/json_load.h"
#include "check/load/pack_load.h"
#include "check/load/recipe_load.h"
#include "check/load/suppress_load.h"
#include "support/json.h"

static struct pl_error *lint_pack(const char *path, struct pl_bytes text)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;

	return pl_pack_parse(path, text, &pack);
}

static struct pl_error *lint_recipe(const char *path, struct pl_bytes text)
{
	PL_CLEANUP(pl_recipe_cleanup) struct pl_recipe *recipe = NULL;

	return pl_recipe_parse(path, text, &recipe);
}

static struct pl_error *lint_suppressions(const char *path, struct pl_bytes text)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();

	return report ? pl_suppressions_parse(path, text, report) : pl_error_no_memory();
}

/* By what the schema's name begins with: whether the version is known, the loader says. */
static const struct {
	const char *schema;
	struct pl_error *(*lint)(const char *path, struct pl_bytes text);
} kinds[] = {
	{"pagelap-rules/", lint_pack},
	{"pagelap-suppressions/", lint_suppressions},
	{"pagelap-recipe/", lint_recipe},
};

static struct pl_error *lint_as(const char *schema, const char *path, struct pl_bytes text)
{
	for (size_t i = 0; schema && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strncmp(schema, kinds[i].schema, strlen(kinds[i].schema)))
			return kinds[i].lint(path, text);
	return pl_error_new(PL_ERROR_USAGE,
			    "%s: \"schema\": expected that of a rule pack, of suppressions or of a "
			    "recipe",
			    path);
}

struct pl_error *pl_lint(const char *path)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	PL_CLEANUP(pl_json_cleanup) json_t *root = NULL;
	json_error_t where;

	PL_TRY(pl_json_open(path, &file));
	PL_TRY(pl_json_decode(file.bytes, JSON_REJECT_DUPLICATES, &root, &where));
	if (!root)
		return pl_error_new(PL_ERROR_USAGE, "%s:%d:%d: %s", path, where.line, where.column,
				    where.text);
	return lint_as(json_string_value(json_object_get(root, "schema")), path, file.bytes);
}
