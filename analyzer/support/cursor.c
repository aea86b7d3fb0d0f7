/* SPDX-License-Identifier: MIT */
#include "support/cursor.h"

#include <string.h>

struct pl_cursor pl_cursor_init(struct pl_bytes bytes, bool big_endian)
{
	return (struct pl_cursor){.bytes = bytes, .big_endian = big_endian};
}

void pl_cursor_seek(struct pl_cursor *cursor, uint64_t position)
{
	if (position > cursor->bytes.size)
		cursor->failed = true;
	else
		cursor->position = (size_t)position;
}

void pl_cursor_skip(struct pl_cursor *cursor, uint64_t count)
{
	if (count > cursor->bytes.size - cursor->position)
		cursor->failed = true;
	else
		cursor->position += (size_t)count;
}

uint64_t pl_cursor_read(struct pl_cursor *cursor, unsigned size)
{
	const unsigned char *data;

	if (cursor->failed || size > cursor->bytes.size - cursor->position) {
		cursor->failed = true;
		return 0;
	}
	data = cursor->bytes.data + cursor->position;
	cursor->position += size;
	return pl_bytes_get(data, size, cursor->big_endian);
}

uint64_t pl_bytes_get(const unsigned char *data, unsigned size, bool big_endian)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value = value << 8 | data[big_endian ? i : size - 1 - i];
	return value;
}

void pl_bytes_put(unsigned char *data, unsigned size, bool big_endian, uint64_t value)
{
	for (unsigned i = 0; i < size; i++, value >>= 8)
		data[big_endian ? size - 1 - i : i] = (unsigned char)value;
}

bool pl_bytes_slice(struct pl_bytes bytes, uint64_t offset, uint64_t size, struct pl_bytes *ret)
{
	if (offset > bytes.size || size > bytes.size - offset)
		return false;
	*ret = (struct pl_bytes){bytes.data ? bytes.data + offset : NULL, (size_t)size};
	return true;
}

const char *pl_bytes_string(struct pl_bytes bytes, uint64_t offset)
{
	if (offset >= bytes.size || !memchr(bytes.data + offset, 0, bytes.size - (size_t)offset))
		return NULL;
	return (const char *)bytes.data + offset;
}

size_t pl_bytes_find(struct pl_bytes bytes, size_t from, struct pl_bytes needle)
{
	const unsigned char *hit;

	if (from >= bytes.size)
		return bytes.size;
	hit = memmem(bytes.data + from, bytes.size - from, needle.data, needle.size);
	return hit ? (size_t)(hit - bytes.data) : bytes.size;
}
