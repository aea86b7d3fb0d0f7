/* SPDX-License-Identifier: MIT */
#include "support/wire.h"

#include <string.h>

/* Seven bits a byte, the lowest first; the top bit says that more follow. */
void pl_wire_put(struct pl_strbuf *buffer, uint64_t number)
{
	while (number >= 0x80) {
		pl_strbuf_add_char(buffer, (char)(number | 0x80));
		number >>= 7;
	}
	pl_strbuf_add_char(buffer, (char)number);
}

uint64_t pl_wire_take(struct pl_cursor *cursor)
{
	uint64_t number = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint64_t byte = pl_cursor_read(cursor, 1);

		number |= (byte & 0x7f) << shift;
		if (byte < 0x80)
			return cursor->failed ? 0 : number;
	}
	cursor->failed = true;
	return 0;
}

/* The length is one more than that of the text, so that 0 is no text at all. */
void pl_wire_put_text(struct pl_strbuf *buffer, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	pl_wire_put(buffer, text ? length + 1 : 0);
	pl_strbuf_add_bytes(buffer, text ? text : "", length);
}

struct pl_bytes pl_wire_take_bytes(struct pl_cursor *cursor, uint64_t size)
{
	struct pl_bytes bytes = {0};

	if (cursor->failed || !pl_bytes_slice(cursor->bytes, cursor->position, size, &bytes)) {
		cursor->failed = true;
		return (struct pl_bytes){0};
	}
	pl_cursor_skip(cursor, size);
	return bytes;
}

struct pl_error *pl_wire_take_text(struct pl_arena *arena, struct pl_cursor *cursor,
				   const char **ret)
{
	uint64_t length = pl_wire_take(cursor);
	struct pl_bytes bytes = pl_wire_take_bytes(cursor, length ? length - 1 : 0);

	*ret = NULL;
	if (cursor->failed || !length)
		return NULL;
	*ret = pl_arena_strndup(arena, bytes.size ? (const char *)bytes.data : "", bytes.size);
	return *ret ? NULL : pl_error_no_memory();
}
