/* SPDX-License-Identifier: MIT */
/*
 * The one error idiom of the library: a function that can fail returns a
 * struct pl_error *, NULL meaning success, and hands its result back through
 * its last parameter, which it leaves untouched when it fails.
 *
 * The caller owns the error: free it with pl_error_free(), or return it, most
 * often after pl_error_prefix() has said which file or section it is about.
 */
#ifndef PAGELAP_SUPPORT_ERROR_H
#define PAGELAP_SUPPORT_ERROR_H

enum pl_error_kind {
	PL_ERROR_UNREADABLE, /* a source cannot be read, or cannot be trusted */
	PL_ERROR_MISSING,    /* a source was read and does not hold what was asked for */
	PL_ERROR_USAGE,	     /* options, rule pack, suppression file: the user's to mend */
	PL_ERROR_MEMORY,     /* out of memory */
};

struct pl_error {
	enum pl_error_kind kind;
	char *message;
};

#define PL_MUST_CHECK __attribute__((warn_unused_result))
#define PL_NEVER_NULL __attribute__((returns_nonnull))
#define PL_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define PL_CLEANUP(function) __attribute__((cleanup(function)))

/* Returns from the enclosing function when EXPRESSION yields an error. */
#define PL_TRY(expression)                                                                         \
	do {                                                                                       \
		struct pl_error *pl_try_error_ = (expression);                                     \
		if (pl_try_error_)                                                                 \
			return pl_try_error_;                                                      \
	} while (0)

/* A new error. Never NULL: without memory it is the error of pl_error_no_memory(). */
struct pl_error *pl_error_new(enum pl_error_kind kind, const char *format, ...)
	PL_PRINTF(2, 3) PL_MUST_CHECK PL_NEVER_NULL;

/* The out-of-memory error: static, free of any allocation. */
struct pl_error *pl_error_no_memory(void) PL_MUST_CHECK PL_NEVER_NULL;

/* Puts "PREFIX: " before the message of ERROR. Takes ERROR, returns what replaces it. */
struct pl_error *pl_error_prefix(struct pl_error *error, const char *format, ...)
	PL_PRINTF(2, 3) PL_MUST_CHECK PL_NEVER_NULL;

/* Frees ERROR; NULL is allowed. */
void pl_error_free(struct pl_error *error);

#endif
