/* SPDX-License-Identifier: MIT */
/*
 * Which operator a binary expression has, where libclang does not say (16): the
 * operators in an assertion as the compiler prints it stand in the order in
 * which a walk from left to right meets the expressions.
 */
#ifndef PAGELAP_READ_HEADERS_OPERATOR_TEXT_H
#define PAGELAP_READ_HEADERS_OPERATOR_TEXT_H

#include "read/headers/clang_api.h"

/*
 * The operator of the binary expression CURSOR, which is somewhere in
 * EXPRESSION, of which TEXT is what the compiler prints; "" if the two do not
 * go together.
 */
const char *pl_operator_in_text(const struct pl_clang *clang, CXCursor expression, const char *text,
				CXCursor cursor);

#endif
