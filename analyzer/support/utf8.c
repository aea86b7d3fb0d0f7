/* SPDX-License-Identifier: MIT */
#include "support/utf8.h"

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

size_t pl_utf8_decode(const char *text, uint32_t *ret)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = *bytes ? length_of(*bytes) : 0;
	uint32_t character = *bytes;

	if (length > 1)
		character &= 0x7fu >> length;
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (bytes[i] & 0x3f);
	}
	if (character < least[length] || character > 0x10ffff ||
	    (character >= 0xd800 && character < 0xe000))
		return 0;
	*ret = character;
	return length;
}

size_t pl_utf8_length(const char *text)
{
	uint32_t character;

	return pl_utf8_decode(text, &character);
}
