/* SPDX-License-Identifier: MIT */
/* The text of the translation unit that brings all records in, and measures what is to be checked.
 */
#ifndef PAGELAP_READ_HEADERS_PROBE_H
#define PAGELAP_READ_HEADERS_PROBE_H

#include "model/recipe.h"
#include "support/strbuf.h"

/* Names of arrays in the probe: their lengths are what is measured. */
#define PL_PROBE_SIZE "pagelap_size_"	 /* and the index of the recipe's size */
#define PL_PROBE_ENDIAN "pagelap_endian" /* 1: little-endian, 2: big-endian */

/*
 * Appends to RET the inclusion of each of the COUNT files of LIST that SOURCE
 * has, and the measurements of RECIPE. An error if it has none of them.
 */
struct pl_error *pl_probe_text(const char *source, const char *const *list, size_t count,
			       const struct pl_recipe *recipe, struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the inclusion of the one file PATH; an error if C cannot write it. */
struct pl_error *pl_probe_include(const char *path, struct pl_strbuf *ret) PL_MUST_CHECK;

#endif
