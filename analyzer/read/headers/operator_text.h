/* SPDX-License-Identifier: MIT */
/*
 * Which operator a binary expression has, told from text, as libclang 16 does
 * not say: the operators in an assertion as the compiler prints it stand in the
 * order in which a walk from left to right meets the expressions.
 */
#ifndef PAGELAP_READ_HEADERS_OPERATOR_TEXT_H
#define PAGELAP_READ_HEADERS_OPERATOR_TEXT_H

#include "read/headers/clang_api.h"
#include "support/cursor.h"

/*
 * The operator of the binary expression CURSOR, which is somewhere in
 * EXPRESSION, of which TEXT is what the compiler prints; "" if the two do not
 * go together.
 */
const char *pl_operator_in_text(const struct pl_clang *clang, CXCursor expression, const char *text,
				CXCursor cursor);

/*
 * The binary operator that binds loosest in TEXT, an expression as somebody
 * wrote it, of several alike the last; what stands behind it into *RIGHT. ""
 * where all bind closer than a comparison, or where there is a condition.
 */
const char *pl_operator_on_top(struct pl_bytes text, struct pl_bytes *right);

/* Whether OPERATOR is one of "==", "!=", "<", "<=", ">", ">=". */
bool pl_operator_compares(const char *operator);

#endif
