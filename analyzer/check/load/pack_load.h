/* SPDX-License-Identifier: MIT */
/* Rule packs from JSON. */
#ifndef PAGELAP_CHECK_PACK_LOAD_H
#define PAGELAP_CHECK_PACK_LOAD_H

#include "model/pack.h"
#include "support/cursor.h"

/*
 * Parses the rule pack in TEXT; ORIGIN names it in messages. Free *RET with
 * pl_pack_free(). PL_ERROR_USAGE for bad JSON (with line and column), an
 * unknown or missing key, or a value of the wrong kind.
 */
struct pl_error *pl_pack_parse(const char *origin, struct pl_bytes text,
			       struct pl_pack **ret) PL_MUST_CHECK;

/* The same from the file at PATH; a file that cannot be read is PL_ERROR_USAGE too. */
struct pl_error *pl_pack_load(const char *path, struct pl_pack **ret) PL_MUST_CHECK;

/* The pack that pagelap brings along: rules/struct-page.json. */
struct pl_error *pl_pack_builtin(struct pl_pack **ret) PL_MUST_CHECK;

/* Frees PACK; NULL is allowed. */
void pl_pack_free(struct pl_pack *pack);

/* For PL_CLEANUP: frees *PACK. */
void pl_pack_cleanup(struct pl_pack **pack);

#endif
