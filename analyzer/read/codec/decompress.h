/* SPDX-License-Identifier: MIT */
/*
 * Compressed streams, through the library that owns its format: gzip and
 * zlib (zlib), zstd (libzstd), xz and lzma (liblzma), lz4 with the frames of
 * either kind (liblz4), bzip2 (libbz2).
 */
#ifndef PAGELAP_READ_CODEC_DECOMPRESS_H
#define PAGELAP_READ_CODEC_DECOMPRESS_H

#include "support/arena.h"
#include "support/cursor.h"

enum pl_compression {
	PL_COMPRESSION_NONE,
	PL_COMPRESSION_GZIP,
	PL_COMPRESSION_ZLIB, /* never detected: its first bytes are too common */
	PL_COMPRESSION_ZSTD,
	PL_COMPRESSION_XZ,
	PL_COMPRESSION_LZMA,
	PL_COMPRESSION_LZ4,	   /* the frame format */
	PL_COMPRESSION_LZ4_LEGACY, /* what the kernel uses */
	PL_COMPRESSION_BZIP2,
	PL_COMPRESSION_LZO, /* detected, but not supported */
};

/* What the first bytes of BYTES say. */
enum pl_compression pl_compression_detect(struct pl_bytes bytes);

/* "zstd" and so on. */
const char *pl_compression_name(enum pl_compression compression);

/* The bytes that a stream begins with; none where it is not to be told by them. */
struct pl_bytes pl_compression_magic(enum pl_compression compression);

/*
 * Unpacks the stream at the start of BYTES into ARENA; what follows its end is
 * ignored. An error when it is damaged or cut short, needs more than LIMIT
 * bytes, or is of a kind that is not supported.
 */
struct pl_error *pl_decompress(enum pl_compression compression, struct pl_bytes bytes,
			       uint64_t limit, struct pl_arena *arena,
			       struct pl_bytes *ret) PL_MUST_CHECK;

/* The same of all streams of that kind that follow one another directly, as pbzip2 and pzstd make
 * them, and cat of several files. */
struct pl_error *pl_decompress_all(enum pl_compression compression, struct pl_bytes bytes,
				   uint64_t limit, struct pl_arena *arena,
				   struct pl_bytes *ret) PL_MUST_CHECK;

/* Whether the first bytes that the stream at the start of BYTES unpacks to are good. Cheap. */
bool pl_decompress_probe(enum pl_compression compression, struct pl_bytes bytes);

#endif
