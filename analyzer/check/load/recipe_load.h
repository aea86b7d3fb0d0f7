/* SPDX-License-Identifier: MIT */
/* Recipes from JSON. */
#ifndef PAGELAP_CHECK_RECIPE_LOAD_H
#define PAGELAP_CHECK_RECIPE_LOAD_H

#include "model/recipe.h"
#include "support/cursor.h"

/*
 * Parses the recipe in TEXT; ORIGIN names it in messages. Free *RET with
 * pl_recipe_free(). PL_ERROR_USAGE for bad JSON (with line and column), an
 * unknown or missing key, or a value of the wrong kind.
 */
struct pl_error *pl_recipe_parse(const char *origin, struct pl_bytes text,
				 struct pl_recipe **ret) PL_MUST_CHECK;

/* The same from the file at PATH; a file that cannot be read is PL_ERROR_USAGE too. */
struct pl_error *pl_recipe_load(const char *path, struct pl_recipe **ret) PL_MUST_CHECK;

/* The recipe that pagelap brings along: rules/linux-headers.json. */
struct pl_error *pl_recipe_builtin(struct pl_recipe **ret) PL_MUST_CHECK;

/* Frees RECIPE; NULL is allowed. */
void pl_recipe_free(struct pl_recipe *recipe);

/* For PL_CLEANUP: frees *RECIPE. */
void pl_recipe_cleanup(struct pl_recipe **recipe);

#endif
