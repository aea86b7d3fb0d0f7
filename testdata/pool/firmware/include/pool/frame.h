/* SPDX-License-Identifier: MIT */
/* A received frame. */
#ifndef POOL_FRAME_H
#define POOL_FRAME_H

#include <stddef.h>
#include <pool/block.h>

struct frame {
	uint32_t state;
	uint16_t refs;
	uint16_t length;
	struct frame *link;
	uint8_t *payload;
	uint64_t stamp;
};

_Static_assert(offsetof(struct frame, state) == offsetof(struct block, state), "state");
_Static_assert(offsetof(struct frame, refs) == offsetof(struct block, refs), "refs");
_Static_assert(offsetof(struct frame, link) == offsetof(struct block, link), "link");
_Static_assert(sizeof(struct frame) <= sizeof(struct block), "size");

#endif
