/* SPDX-License-Identifier: MIT */
/* A number for a text, for hash tables. */
#ifndef PAGELAP_SUPPORT_HASH_H
#define PAGELAP_SUPPORT_HASH_H

#include <stdint.h>

/* FNV-1a of TEXT. */
static inline uint64_t pl_hash_text(const char *text)
{
	uint64_t hash = 14695981039346656037u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

#endif
