/* SPDX-License-Identifier: MIT */
/* Characters of UTF-8. */
#ifndef PAGELAP_SUPPORT_UTF8_H
#define PAGELAP_SUPPORT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The bytes of the character of UTF-8 at TEXT, which is terminated; 0 where
 * there is none, as at a byte of another encoding.
 */
size_t pl_utf8_length(const char *text);

/* The same, and which character it is into *RET. */
size_t pl_utf8_decode(const char *text, uint32_t *ret);

#endif
