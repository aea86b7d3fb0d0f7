/* SPDX-License-Identifier: MIT */
#include "support/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char pl_strbuf_empty[1];

void pl_strbuf_release(struct pl_strbuf *buffer)
{
	if (buffer->capacity)
		free(buffer->text);
	*buffer = (struct pl_strbuf)PL_STRBUF_INIT;
}

bool pl_strbuf_failed(const struct pl_strbuf *buffer)
{
	return buffer->failed;
}

void pl_strbuf_truncate(struct pl_strbuf *buffer, size_t length)
{
	if (length < buffer->length) {
		buffer->length = length;
		buffer->text[length] = '\0';
	}
}

void pl_strbuf_cut_front(struct pl_strbuf *buffer, size_t length)
{
	if (!buffer->capacity)
		return;
	length = length < buffer->length ? length : buffer->length;
	buffer->length -= length;
	memmove(buffer->text, buffer->text + length, buffer->length + 1);
}

static bool reserve(struct pl_strbuf *buffer, size_t more)
{
	size_t capacity = buffer->capacity ? buffer->capacity : 64;
	char *text;

	if (buffer->failed || more >= SIZE_MAX / 2 - buffer->length) {
		buffer->failed = true;
		return false;
	}
	while (capacity <= buffer->length + more)
		capacity *= 2;
	if (capacity == buffer->capacity)
		return true;
	text = realloc(buffer->capacity ? buffer->text : NULL, capacity);
	if (!text) {
		buffer->failed = true;
		return false;
	}
	if (!buffer->capacity)
		text[0] = '\0';
	buffer->text = text;
	buffer->capacity = capacity;
	return true;
}

void pl_strbuf_add_bytes(struct pl_strbuf *buffer, const char *bytes, size_t length)
{
	if (!reserve(buffer, length))
		return;
	memcpy(buffer->text + buffer->length, bytes, length);
	buffer->length += length;
	buffer->text[buffer->length] = '\0';
}

void pl_strbuf_add(struct pl_strbuf *buffer, const char *text)
{
	pl_strbuf_add_bytes(buffer, text, strlen(text));
}

void pl_strbuf_add_buffer(struct pl_strbuf *buffer, const struct pl_strbuf *other)
{
	pl_strbuf_add_bytes(buffer, other->text, other->length);
	buffer->failed |= other->failed;
}

void pl_strbuf_add_char(struct pl_strbuf *buffer, char c)
{
	pl_strbuf_add_bytes(buffer, &c, 1);
}

void pl_strbuf_vprintf(struct pl_strbuf *buffer, const char *format, va_list arguments)
{
	char *text = NULL;
	int length = vasprintf(&text, format, arguments);

	if (length < 0) {
		buffer->failed = true;
		return;
	}
	pl_strbuf_add_bytes(buffer, text, (size_t)length);
	free(text);
}

void pl_strbuf_printf(struct pl_strbuf *buffer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	pl_strbuf_vprintf(buffer, format, arguments);
	va_end(arguments);
}

void pl_strbuf_prepend(struct pl_strbuf *buffer, const char *text)
{
	size_t length = strlen(text);

	if (!reserve(buffer, length))
		return;
	memmove(buffer->text + length, buffer->text, buffer->length + 1);
	memcpy(buffer->text, text, length);
	buffer->length += length;
}
