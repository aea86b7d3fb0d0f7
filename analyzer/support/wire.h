/* SPDX-License-Identifier: MIT */
/*
 * Numbers and texts as bytes, from one process of this program to another, or
 * to a later run of it. What comes back is read with the bounds of a cursor,
 * whoever wrote it.
 */
#ifndef PAGELAP_SUPPORT_WIRE_H
#define PAGELAP_SUPPORT_WIRE_H

#include "support/arena.h"
#include "support/cursor.h"
#include "support/strbuf.h"

void pl_wire_put(struct pl_strbuf *buffer, uint64_t number);

/* TEXT may be NULL, and comes back as NULL. */
void pl_wire_put_text(struct pl_strbuf *buffer, const char *text);

/* The number that comes next; 0, and the cursor has failed, if there is none. */
uint64_t pl_wire_take(struct pl_cursor *cursor);

/* The text that comes next, copied into ARENA, into *RET; the cursor fails if there is none. */
struct pl_error *pl_wire_take_text(struct pl_arena *arena, struct pl_cursor *cursor,
				   const char **ret) PL_MUST_CHECK;

/* The SIZE bytes that come next, where they are; none, and the cursor has failed, if they leave it.
 */
struct pl_bytes pl_wire_take_bytes(struct pl_cursor *cursor, uint64_t size);

#endif
