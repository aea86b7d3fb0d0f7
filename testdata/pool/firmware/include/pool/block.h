/* SPDX-License-Identifier: MIT */
/* The head of every block of the pool. Whoever owns a block may use the head for a descriptor of its own. */
#ifndef POOL_BLOCK_H
#define POOL_BLOCK_H

#include <stdint.h>

#define BLOCK_OWNED 0x1u  /* in state: somebody has it */
#define BLOCK_PINNED 0x2u /* in state: the compactor must not move it */
#define BLOCK_COLOUR 0x3u /* in link: the two lowest bits are the sweep's */

struct block {
	uint32_t state;     /* read by the compactor, of any block at any time */
	uint16_t refs;      /* read by the compactor, too */
	uint16_t owner;
	struct block *link; /* free list; the sweep keeps a colour in its low bits */
	void *data;
	uint64_t stamp;     /* when it was given out: the statistics read it, of any block */
};

#endif
