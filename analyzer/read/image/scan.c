/* SPDX-License-Identifier: MIT */
#include "read/image/scan.h"

#include "read/btf/btf_read.h"
#include "read/codec/decompress.h"
#include "read/elf/elf.h"
#include "read/image/image.h"

enum {
	/* An image has a handful of streams: itself, its configuration, an initial file system. */
	MAX_PROBES = 256,
	MAX_UNPACKED = 8,
};

/* In the order of how often they are met. */
static const enum pl_compression formats[] = {
	PL_COMPRESSION_ZSTD,	   PL_COMPRESSION_GZIP, PL_COMPRESSION_XZ,    PL_COMPRESSION_LZ4,
	PL_COMPRESSION_LZ4_LEGACY, PL_COMPRESSION_LZMA, PL_COMPRESSION_BZIP2,
};

struct scan {
	struct pl_bytes bytes;
	struct pl_arena *arena;
	unsigned probes, unpacked; /* streams looked at, and unpacked as a whole */
	uint64_t budget;	   /* bytes that may still be unpacked */
	struct pl_bytes found;	   /* no data: nothing so far */
};

static bool is_kernel(struct pl_bytes bytes)
{
	struct pl_bytes btf;

	return pl_elf_detect(bytes) || pl_btf_locate(bytes, &btf);
}

static struct pl_error *try_stream(struct scan *scan, enum pl_compression format,
				   struct pl_bytes stream)
{
	struct pl_bytes result = {0};
	struct pl_error *error;

	scan->probes++;
	if (!pl_decompress_probe(format, stream))
		return NULL;
	scan->unpacked++;
	error = pl_decompress(format, stream, scan->budget, scan->arena, &result);
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	if (!error && is_kernel(result))
		scan->found = result;
	/* Nobody says how far a damaged stream got. */
	scan->budget -= error ? scan->budget / 2 : result.size;
	return NULL;
}

static struct pl_error *try_format(struct scan *scan, enum pl_compression format)
{
	struct pl_bytes bytes = scan->bytes, magic = pl_compression_magic(format);

	for (size_t at = pl_bytes_find(bytes, 0, magic); at < bytes.size;
	     at = pl_bytes_find(bytes, at + 1, magic)) {
		struct pl_bytes stream = {bytes.data + at, bytes.size - at};

		if (pl_compression_detect(stream) != format)
			continue;
		if (scan->probes == MAX_PROBES || scan->unpacked == MAX_UNPACKED)
			return NULL;
		PL_TRY(try_stream(scan, format, stream));
		if (scan->found.data)
			return NULL;
	}
	return NULL;
}

struct pl_error *pl_image_scan(struct pl_bytes bytes, struct pl_arena *arena, struct pl_bytes *ret)
{
	struct scan scan = {.bytes = bytes, .arena = arena, .budget = PL_IMAGE_MAX};

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats) && !scan.found.data; i++)
		PL_TRY(try_format(&scan, formats[i]));
	if (!scan.found.data)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "none of %u places that look like a compressed stream holds "
				    "a kernel with BTF (%u could be unpacked)",
				    scan.probes, scan.unpacked);
	*ret = scan.found;
	return NULL;
}
