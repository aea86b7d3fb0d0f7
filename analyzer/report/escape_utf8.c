/* SPDX-License-Identifier: MIT */
#include <stdint.h>

#include "report/escape.h"

/* The least character that takes so many bytes: a shorter form of it is the only one allowed. */
static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t length_of(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first < 0xe0)
		return 2;
	if (first >= 0xe0 && first < 0xf0)
		return 3;
	return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

size_t pl_utf8_length(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = *bytes ? length_of(*bytes) : 0;
	uint32_t character;

	if (length < 2)
		return length;
	character = *bytes & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (bytes[i] & 0x3f);
	}
	if (character < least[length] || character > 0x10ffff ||
	    (character >= 0xd800 && character < 0xe000))
		return 0;
	return length;
}
