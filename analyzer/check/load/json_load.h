/* SPDX-License-Identifier: MIT */
/*
 * Data files in JSON: what their loaders share. Mistakes are the user's to
 * mend: every error is PL_ERROR_USAGE and names the key that it is about.
 */
#ifndef PAGELAP_CHECK_JSON_LOAD_H
#define PAGELAP_CHECK_JSON_LOAD_H

#include <jansson.h>
#include <stdbool.h>

#include "support/arena.h"
#include "support/file.h"

/* For PL_CLEANUP. */
void pl_json_cleanup(json_t **json);

/* pl_file_open() for a file that the user named. */
struct pl_error *pl_json_open(const char *path, struct pl_file *ret) PL_MUST_CHECK;

/*
 * Parses TEXT, a JSON object whose "schema" is SCHEMA; json_decref() *RET.
 * ORIGIN names it in messages, with line and column where it is no JSON.
 */
struct pl_error *pl_json_parse(const char *origin, struct pl_bytes text, const char *schema,
			       json_t **ret) PL_MUST_CHECK;

/* "KEY": expected EXPECTED. */
struct pl_error *pl_json_wrong(const char *key, const char *expected) PL_MUST_CHECK;

/* Refuses a key of OBJECT that is not among KNOWN, which NULL ends. */
struct pl_error *pl_json_check_keys(json_t *object, const char *const *known) PL_MUST_CHECK;

/*
 * Copies the string under KEY, which is not empty, as it can be shown; *RET stays as it is where
 * there is none.
 */
struct pl_error *pl_json_copy_string(struct pl_arena *arena, json_t *object, const char *key,
				     bool required, const char **ret) PL_MUST_CHECK;

/* Copies the array of such strings under KEY; *RET and *COUNT stay as they are without one. */
struct pl_error *pl_json_copy_strings(struct pl_arena *arena, json_t *object, const char *key,
				      const char ***ret, size_t *count) PL_MUST_CHECK;

/* The same of globs: one that cannot be what somebody meant is an error. */
struct pl_error *pl_json_copy_globs(struct pl_arena *arena, json_t *object, const char *key,
				    const char ***ret, size_t *count) PL_MUST_CHECK;

/*
 * Sets *RET to the array of objects under KEY, to NULL where there is none,
 * which is an error if it is REQUIRED. A NULL array has no elements for jansson.
 */
struct pl_error *pl_json_objects(json_t *object, const char *key, bool required,
				 json_t **ret) PL_MUST_CHECK;

#endif
