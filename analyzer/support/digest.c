/* SPDX-License-Identifier: MIT */
#include "support/digest.h"

#include <sha2.h>
#include <stdio.h>
#include <string.h>

struct pl_digest pl_digest(const void *bytes, size_t length)
{
	unsigned char whole[SHA256_DIGEST_LENGTH];
	struct pl_digest digest;
	SHA2_CTX context;

	SHA256Init(&context);
	if (length)
		SHA256Update(&context, bytes, length);
	SHA256Final(whole, &context);
	memcpy(digest.bytes, whole, sizeof(digest.bytes));
	return digest;
}

bool pl_digest_equal(const struct pl_digest *a, const struct pl_digest *b)
{
	return !memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

uint64_t pl_digest_key(const struct pl_digest *digest)
{
	uint64_t key;

	memcpy(&key, digest->bytes, sizeof(key));
	return key;
}

void pl_digest_hex(const struct pl_digest *digest, char ret[PL_DIGEST_HEX])
{
	for (int i = 0; i < PL_DIGEST_SIZE; i++)
		snprintf(ret + 2 * i, 3, "%02x", digest->bytes[i]);
}
