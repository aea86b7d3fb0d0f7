/* SPDX-License-Identifier: MIT */
/* cmocka, and what most tests want to say about errors and type graphs. */
#ifndef PAGELAP_TESTS_TESTING_H
#define PAGELAP_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "read/types.h"
#include "support/cursor.h"
#include "support/error.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* EXPRESSION must yield no error. */
#define expect_ok(expression)                                                                      \
	do {                                                                                       \
		struct pl_error *expect_error_ = (expression);                                     \
		if (expect_error_)                                                                 \
			fail_msg("unexpected error: %s", expect_error_->message);                  \
	} while (0)

/* EXPRESSION must yield an error of KIND that says exactly MESSAGE. */
#define expect_error(expression, wanted_kind, wanted)                                              \
	do {                                                                                       \
		struct pl_error *expect_error_ = (expression);                                     \
		assert_non_null(expect_error_);                                                    \
		assert_string_equal(expect_error_->message, wanted);                               \
		assert_int_equal(expect_error_->kind, wanted_kind);                                \
		pl_error_free(expect_error_);                                                      \
	} while (0)

/* The same, of kind PL_ERROR_UNREADABLE. */
#define expect_unreadable(expression, wanted) expect_error(expression, PL_ERROR_UNREADABLE, wanted)

static inline struct pl_bytes bytes_of_text(const char *text)
{
	return (struct pl_bytes){(const unsigned char *)text, strlen(text)};
}

/* Types as compound literals: static in a test's file scope, or of a test's own. */
#define BASE(type_name, bits)                                                                      \
	((struct pl_type){.kind = PL_TYPE_BASE, .name = type_name, .size = bits})
#define POINTER(pointee) ((struct pl_type){.kind = PL_TYPE_POINTER, .size = 64, .to = pointee})
#define ARRAY(n, element) ((struct pl_type){.kind = PL_TYPE_ARRAY, .count = n, .to = element})
#define FLEXIBLE(element)                                                                          \
	((struct pl_type){.kind = PL_TYPE_ARRAY, .unbounded = true, .to = element})
#define NAMED(type_kind, type_name, aliased)                                                       \
	((struct pl_type){.kind = type_kind, .name = type_name, .to = aliased})
#define TYPEDEF(type_name, aliased) NAMED(PL_TYPE_TYPEDEF, type_name, aliased)
#define QUALIFIED(type_kind, aliased) NAMED(type_kind, NULL, aliased)
#define RECORD(type_kind, type_name, bits, list)                                                   \
	((struct pl_type){.kind = type_kind,                                                       \
			  .name = type_name,                                                       \
			  .size = bits,                                                            \
			  .complete = true,                                                        \
			  .members = list,                                                         \
			  .n_members = COUNT(list)})
#define MEMBER(member_name, member_type, at)                                                       \
	{                                                                                          \
		.name = member_name, .type = member_type, .offset = at                             \
	}
#define BITS(member_name, member_type, at, bits)                                                   \
	{                                                                                          \
		.name = member_name, .type = member_type, .offset = at, .size = bits,              \
		.bit_field = true                                                                  \
	}

#endif
