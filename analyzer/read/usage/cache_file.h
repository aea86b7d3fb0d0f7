/* SPDX-License-Identifier: MIT */
/* The bytes of a cache's file. */
#ifndef PAGELAP_READ_USAGE_CACHE_FILE_H
#define PAGELAP_READ_USAGE_CACHE_FILE_H

#include "read/usage/cache.h"

/*
 * What the file begins with; another number means that its bytes mean something
 * else, or that code is looked at in another way.
 */
#define PL_CACHE_MAGIC "pagelap usage results 5\n"

/* Takes what the file held, into CACHE, which is new. PL_ERROR_UNREADABLE where it makes no sense.
 */
struct pl_error *pl_cache_file_take(struct pl_usage_cache *cache,
				    struct pl_bytes bytes) PL_MUST_CHECK;

#endif
