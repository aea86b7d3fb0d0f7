/* SPDX-License-Identifier: MIT */
/*
 * Text from outside (names, paths, messages) as it may be shown anywhere: on a
 * terminal, in the log of a CI, in the line of a format that has lines. What
 * would move the cursor, end the line, or turn the order of what follows
 * around is written out: "\x1b" for a control character, and for a byte that
 * is not UTF-8; "\u202e" for a character that is not seen but changes how
 * others are.
 *
 * Every text of the model is made so when it comes in, and so is the message
 * of every error: whoever writes them need not care.
 */
#ifndef PAGELAP_SUPPORT_TEXT_H
#define PAGELAP_SUPPORT_TEXT_H

#include "support/arena.h"
#include "support/strbuf.h"

/* Whether TEXT can be shown as it is. */
bool pl_text_is_plain(const char *text);

/* Appends TEXT so that it can be shown. */
void pl_text_add(struct pl_strbuf *buffer, const char *text);

/* A copy of TEXT that can be shown; NULL where TEXT is. */
char *pl_text_copy(struct pl_arena *arena, const char *text);

/* The same into *RET, and an error where there is no memory. */
struct pl_error *pl_text_set(struct pl_arena *arena, const char *text,
			     const char **ret) PL_MUST_CHECK;

/* A copy of the first LENGTH bytes at TEXT that can be shown. */
char *pl_text_ncopy(struct pl_arena *arena, const char *text, size_t length);

#endif
