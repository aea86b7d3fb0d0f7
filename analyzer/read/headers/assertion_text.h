/* SPDX-License-Identifier: MIT */
/* Tells assertions in the text of a file, where the compiler leaves nothing but an error. */
#ifndef PAGELAP_READ_HEADERS_ASSERTION_TEXT_H
#define PAGELAP_READ_HEADERS_ASSERTION_TEXT_H

#include "support/cursor.h"

/*
 * Whether the declaration around OFFSET of TEXT, a C file, is a static
 * assertion: it begins with one, or with a macro of the file that makes one.
 */
bool pl_text_is_assertion(struct pl_bytes text, size_t offset);

#endif
