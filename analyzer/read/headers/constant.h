/* SPDX-License-Identifier: MIT */
/* What became of the enumerators of constant_text.h. */
#ifndef PAGELAP_READ_HEADERS_CONSTANT_H
#define PAGELAP_READ_HEADERS_CONSTANT_H

#include "model/constant.h"
#include "read/headers/clang_expr.h"

/*
 * What CURSOR, the enumeration of constant INDEX, says of what RET wants, into
 * RET; it is not known where the compiler has said that something is wrong.
 */
struct pl_error *pl_constant_read(const struct pl_unit *unit, CXCursor cursor, size_t index,
				  struct pl_constant *ret) PL_MUST_CHECK;

#endif
