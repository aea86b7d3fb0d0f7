/* SPDX-License-Identifier: MIT */
/* Looking for a compressed kernel in an image that does not say where it is. */
#ifndef PAGELAP_READ_IMAGE_SCAN_H
#define PAGELAP_READ_IMAGE_SCAN_H

#include "support/arena.h"
#include "support/cursor.h"

/*
 * Unpacks, into ARENA, the first stream in BYTES that holds an ELF file or
 * BTF. The error tells what was tried when there is none. However many
 * streams there seem to be, the work is bounded.
 */
struct pl_error *pl_image_scan(struct pl_bytes bytes, struct pl_arena *arena,
			       struct pl_bytes *ret) PL_MUST_CHECK;

#endif
