/* SPDX-License-Identifier: MIT */
/* Bytes as a number that no two of them share: SHA-256, the first half. */
#ifndef PAGELAP_SUPPORT_DIGEST_H
#define PAGELAP_SUPPORT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PL_DIGEST_SIZE = 16 };

struct pl_digest {
	unsigned char bytes[PL_DIGEST_SIZE];
};

struct pl_digest pl_digest(const void *bytes, size_t length);

bool pl_digest_equal(const struct pl_digest *a, const struct pl_digest *b);

/* Eight of the bytes, for hash tables. */
uint64_t pl_digest_key(const struct pl_digest *digest);

enum { PL_DIGEST_HEX = 2 * PL_DIGEST_SIZE + 1 };

/* In lower-case hex, terminated. */
void pl_digest_hex(const struct pl_digest *digest, char ret[PL_DIGEST_HEX]);

#endif
