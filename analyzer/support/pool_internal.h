/* SPDX-License-Identifier: MIT */
/* What the two sides of a pool share: the parent's, and that of the workers. */
#ifndef PAGELAP_SUPPORT_POOL_INTERNAL_H
#define PAGELAP_SUPPORT_POOL_INTERNAL_H

#include <stdint.h>
#include <sys/types.h>

#include "support/pool.h"

/* What a worker sends before the bytes of a result. */
struct pl_pool_head {
	uint64_t length;
	uint8_t is_error; /* the bytes are a message */
	uint8_t kind;	  /* of the error */
	uint8_t leaves;	  /* the worker ends after this */
	uint8_t unused[5];
};

/*
 * The whole life of a worker of PARENT: does the jobs of POOL whose numbers come through
 * REQUESTS, each eight bytes, and writes a head and a result to RESULTS for
 * each, until there is nothing more to do, or it has grown too large.
 */
_Noreturn void pl_pool_live(const struct pl_pool *pool, pid_t parent, int requests, int results);

#endif
