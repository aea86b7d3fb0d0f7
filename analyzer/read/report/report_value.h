/* SPDX-License-Identifier: MIT */
/*
 * Values of a JSON object, checked and copied. Every function takes the
 * object and a key, and answers with an error that says what was expected.
 */
#ifndef PAGELAP_READ_REPORT_REPORT_VALUE_H
#define PAGELAP_READ_REPORT_REPORT_VALUE_H

#include <jansson.h>

#include "model/access.h"
#include "support/arena.h"

/* A string, copied into ARENA. */
struct pl_error *pl_value_text(json_t *object, const char *key, struct pl_arena *arena,
			       const char **ret) PL_MUST_CHECK;

/* The same, or null or nothing, which is NULL. */
struct pl_error *pl_value_optional_text(json_t *object, const char *key, struct pl_arena *arena,
					const char **ret) PL_MUST_CHECK;

/* An integer from 0 to MOST. */
struct pl_error *pl_value_number(json_t *object, const char *key, uint64_t most,
				 uint64_t *ret) PL_MUST_CHECK;

/* The same, or null, which is 0. */
struct pl_error *pl_value_optional_number(json_t *object, const char *key, uint64_t most,
					  uint64_t *ret) PL_MUST_CHECK;

/* Any integer into *RET and true into *KNOWN; null or nothing is 0 and false. */
struct pl_error *pl_value_optional_signed(json_t *object, const char *key, bool *known,
					  int64_t *ret) PL_MUST_CHECK;

/* A boolean. */
struct pl_error *pl_value_bool(json_t *object, const char *key, bool *ret) PL_MUST_CHECK;

/* An index below COUNT, or null, which is PL_NONE. */
struct pl_error *pl_value_index(json_t *object, const char *key, size_t count,
				size_t *ret) PL_MUST_CHECK;

/* An array. It stays a part of OBJECT. */
struct pl_error *pl_value_array(json_t *object, const char *key, json_t **ret) PL_MUST_CHECK;

/* "union" or "struct" under "kind". */
struct pl_error *pl_value_record_kind(json_t *object, struct pl_arena *arena,
				      bool *is_union) PL_MUST_CHECK;

/* Where something is declared: "file" and "line", each of which may be null. */
struct pl_error *pl_value_place(json_t *object, struct pl_arena *arena,
				struct pl_place *ret) PL_MUST_CHECK;

/* Where in code something is: "file", "line", "column", "function", "through"; each may be null. */
struct pl_error *pl_value_spot(json_t *object, struct pl_arena *arena,
			       struct pl_spot *ret) PL_MUST_CHECK;

/* The name of a type class. */
struct pl_error *pl_value_class(json_t *object, const char *key,
				enum pl_type_class *ret) PL_MUST_CHECK;

/* Says where in the document ERROR arose: in element INDEX of the array at KEY. */
struct pl_error *pl_value_in(struct pl_error *error, const char *key, size_t index) PL_MUST_CHECK;

#endif
