/* SPDX-License-Identifier: MIT */
/*
 * Bootable kernel images as distributions ship them (vmlinuz, Image, bzImage):
 * finding the kernel inside and unpacking it. Nothing is run.
 */
#ifndef PAGELAP_READ_IMAGE_IMAGE_H
#define PAGELAP_READ_IMAGE_IMAGE_H

#include "support/arena.h"
#include "support/cursor.h"

/* No kernel unpacks to more; a stream that does is hostile. */
#define PL_IMAGE_MAX ((uint64_t)1 << 30)

/*
 * The architecture that the image in BYTES says it is for, by the names of
 * pl_elf_arch(); NULL where it says nothing of it.
 */
const char *pl_image_arch(struct pl_bytes bytes);

/* Whether BYTES look like a kernel image or one compressed stream of a known kind, into *RET. */
struct pl_error *pl_image_detect(struct pl_bytes bytes, bool *ret) PL_MUST_CHECK;

/*
 * The kernel in BYTES: an ELF file or a flat image, a view into BYTES or
 * unpacked into ARENA. FILE names the source in messages, which say what was
 * tried when there is none, and which compression is not supported.
 */
struct pl_error *pl_image_unpack(const char *file, struct pl_bytes bytes, struct pl_arena *arena,
				 struct pl_bytes *ret) PL_MUST_CHECK;

#endif
