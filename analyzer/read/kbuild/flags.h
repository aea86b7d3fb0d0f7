/* SPDX-License-Identifier: MIT */
/*
 * From a compiler's command line to the flags that decide how declarations are
 * read and laid out. Most of what kbuild passes is about warnings, code
 * generation and debug information, is another compiler's, and would only be
 * refused by this one: what is not known to matter is dropped.
 */
#ifndef PAGELAP_READ_KBUILD_FLAGS_H
#define PAGELAP_READ_KBUILD_FLAGS_H

#include "read/kbuild/words.h"

struct pl_flags {
	struct pl_words common;	 /* paths are absolute, arguments in words of their own */
	struct pl_words machine; /* what is compiled for: "--target=...", "-m32", "-mabi=..." */
	bool has_target;	 /* "--target=" is in `machine` */
	struct pl_words tuning; /* "-O2", "-mno-sse": decide what macros are defined, not layouts */
	bool for_clang;		/* it was clang that was run; what `tuning` means is clang's */
	const char *file;	/* the C file that is compiled, absolute; NULL: none is named */
};

/*
 * Translates COMMAND, which gcc or clang was run with in DIRECTORY. The words
 * of RET live in ARENA.
 */
struct pl_error *pl_flags_translate(struct pl_arena *arena, const struct pl_words *command,
				    const char *directory, struct pl_flags *ret) PL_MUST_CHECK;

#endif
