/* SPDX-License-Identifier: MIT */
/*
 * A growing string. After an allocation fails the buffer stays as it was and
 * remembers the failure, so that a run of appends needs one check at its end:
 * pl_strbuf_failed(). `text` is never NULL.
 */
#ifndef PAGELAP_SUPPORT_STRBUF_H
#define PAGELAP_SUPPORT_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "support/error.h"

struct pl_strbuf {
	char *text; /* terminated */
	size_t length, capacity;
	bool failed;
};

extern char pl_strbuf_empty[1];

#define PL_STRBUF_INIT                                                                             \
	{                                                                                          \
		.text = pl_strbuf_empty                                                            \
	}

/* Frees the text; BUFFER is then empty and usable again. Fits PL_CLEANUP. */
void pl_strbuf_release(struct pl_strbuf *buffer);

/* Whether any append since the start ran out of memory. */
bool pl_strbuf_failed(const struct pl_strbuf *buffer);

/* Cuts the text to LENGTH bytes, at most what it has. */
void pl_strbuf_truncate(struct pl_strbuf *buffer, size_t length);

/* Takes the first LENGTH bytes, at most what there are, off the text. */
void pl_strbuf_cut_front(struct pl_strbuf *buffer, size_t length);

void pl_strbuf_add(struct pl_strbuf *buffer, const char *text);
void pl_strbuf_add_bytes(struct pl_strbuf *buffer, const char *bytes, size_t length);
/* Adds what is in OTHER; a failure that it had is one of BUFFER too. */
void pl_strbuf_add_buffer(struct pl_strbuf *buffer, const struct pl_strbuf *other);

void pl_strbuf_add_char(struct pl_strbuf *buffer, char c);
void pl_strbuf_printf(struct pl_strbuf *buffer, const char *format, ...) PL_PRINTF(2, 3);

/* The same with the arguments in ARGUMENTS, which are used up. */
void pl_strbuf_vprintf(struct pl_strbuf *buffer, const char *format, va_list arguments)
	PL_PRINTF(2, 0);

/* Puts TEXT before what is there. */
void pl_strbuf_prepend(struct pl_strbuf *buffer, const char *text);

#endif
