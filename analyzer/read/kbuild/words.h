/* SPDX-License-Identifier: MIT */
/* The words of a command line, as a shell would hand them to the program. */
#ifndef PAGELAP_READ_KBUILD_WORDS_H
#define PAGELAP_READ_KBUILD_WORDS_H

#include <stdbool.h>

#include "support/arena.h"

struct pl_words {
	const char **items;
	size_t n, capacity;
};

/* Adds WORD, which ARENA must own already or outlive it. */
struct pl_error *pl_words_add(struct pl_arena *arena, struct pl_words *words,
			      const char *word) PL_MUST_CHECK;

/* Whether WORD is one of WORDS. */
bool pl_words_have(const struct pl_words *words, const char *word);

/*
 * Takes the first command off *TEXT, up to an unquoted newline, ";", "&", "|"
 * or parenthesis, as words without their quotes. Nothing is expanded: "$X"
 * stays what it is. RET has no words where two separators follow each other.
 */
struct pl_error *pl_words_split(struct pl_arena *arena, const char **text,
				struct pl_words *ret) PL_MUST_CHECK;

/*
 * The words of the first command in TEXT that compiles, that is, has -c, -S or
 * -E among its words: what kbuild records may be a sequence, with checks of the
 * object after the compiler. PL_ERROR_UNREADABLE when there is none.
 */
struct pl_error *pl_words_of_compiler(struct pl_arena *arena, const char *text,
				      struct pl_words *ret) PL_MUST_CHECK;

#endif
