/* SPDX-License-Identifier: MIT */
/* Damage done to bytes, the same for the same seed. */
#ifndef PAGELAP_TESTS_MUTATE_H
#define PAGELAP_TESTS_MUTATE_H

#include <stdint.h>

#include "support/cursor.h"

/* Bytes that may be changed; free `data`. */
struct mutant {
	unsigned char *data;
	size_t size;
};

/* A copy of ORIGINAL with a few things wrong, chosen by SEED. */
struct mutant mutate(struct pl_bytes original, uint64_t seed);

#endif
