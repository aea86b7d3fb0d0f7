/* SPDX-License-Identifier: MIT */
/* The one way into jansson. */
#ifndef PAGELAP_SUPPORT_JSON_H
#define PAGELAP_SUPPORT_JSON_H

#include <jansson.h>

#include "support/cursor.h"
#include "support/error.h"

/*
 * Parses TEXT by FLAGS, jansson's own; json_decref() *RET. Text that is no JSON
 * is not an error: *RET is then NULL, and *WHERE says what is wrong. The only
 * error is that of pl_error_no_memory(). Not for several threads at a time.
 */
struct pl_error *pl_json_decode(struct pl_bytes text, size_t flags, json_t **ret,
				json_error_t *where) PL_MUST_CHECK;

#endif
