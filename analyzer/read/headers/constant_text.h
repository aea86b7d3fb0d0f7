/* SPDX-License-Identifier: MIT */
/*
 * The part of the probe that has an enumerator for each expression over
 * constants. One that names what is not there is an error of its own line, and
 * of no other.
 */
#ifndef PAGELAP_READ_HEADERS_CONSTANT_TEXT_H
#define PAGELAP_READ_HEADERS_CONSTANT_TEXT_H

#include "model/constant.h"
#include "support/cursor.h"
#include "support/strbuf.h"

/* Name of an enumeration in the probe: and the index of what is wanted. */
#define PL_PROBE_CONSTANT "pagelap_constant_"

/* Appends MACROS, and an enumeration for each of CONSTANTS that applies. */
struct pl_error *pl_constant_text(const struct pl_wanted_constant *constants, size_t n_constants,
				  const struct pl_wanted_macro *macros, size_t n_macros,
				  struct pl_strbuf *ret) PL_MUST_CHECK;

/* Which one the line around OFFSET of TEXT, the probe, is about; false if it is about none. */
bool pl_constant_at(struct pl_bytes text, size_t offset, size_t *ret);

/* Which one the enumeration called NAME is about; false if it is about none. */
bool pl_constant_index(const char *name, size_t *ret);

#endif
