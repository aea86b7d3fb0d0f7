/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <bzlib.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "packing.h"

const enum pl_compression supported[N_SUPPORTED] = {
	PL_COMPRESSION_GZIP, PL_COMPRESSION_ZLIB, PL_COMPRESSION_ZSTD,	     PL_COMPRESSION_XZ,
	PL_COMPRESSION_LZMA, PL_COMPRESSION_LZ4,  PL_COMPRESSION_LZ4_LEGACY, PL_COMPRESSION_BZIP2,
};

struct buffer new_buffer(size_t size)
{
	struct buffer buffer = {calloc(1, size ? size : 1), size};

	assert_non_null(buffer.data);
	return buffer;
}

struct pl_bytes bytes_of(struct buffer buffer)
{
	return (struct pl_bytes){buffer.data, buffer.size};
}

struct buffer new_payload(size_t size)
{
	struct buffer payload = new_buffer(size);
	uint32_t state = 1;

	for (size_t i = 0; i < size; i++) {
		state = state * 1664525 + 1013904223;
		payload.data[i] = (unsigned char)(state >> 24 & 0x0f);
	}
	return payload;
}

struct buffer new_kernel(void)
{
	struct buffer kernel = new_payload(PAYLOAD_SIZE);

	memcpy(kernel.data, "\x7f\x45LF\x02\x01\x01", 7);
	return kernel;
}

static size_t pack_zlib(struct buffer from, struct buffer to, bool gzip)
{
	z_stream z = {
		.next_in = from.data,
		.avail_in = (unsigned)from.size,
		.next_out = to.data,
		.avail_out = (unsigned)to.size,
	};

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, gzip ? 31 : 15, 8, 0), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return z.total_out;
}

static size_t pack_lzma(struct buffer from, struct buffer to)
{
	lzma_stream lzma = LZMA_STREAM_INIT;
	lzma_options_lzma options;

	lzma_lzma_preset(&options, 1);
	assert_int_equal(lzma_alone_encoder(&lzma, &options), LZMA_OK);
	lzma.next_in = from.data;
	lzma.avail_in = from.size;
	lzma.next_out = to.data;
	lzma.avail_out = to.size;
	assert_int_equal(lzma_code(&lzma, LZMA_FINISH), LZMA_STREAM_END);
	lzma_end(&lzma);
	return (size_t)lzma.total_out;
}

static size_t pack_lz4_legacy(struct buffer from, struct buffer to)
{
	size_t size = 4;

	memcpy(to.data, "\x02\x21\x4c\x18", 4);
	for (size_t at = 0; at < from.size; at += LZ4_BLOCK) {
		size_t block = from.size - at < LZ4_BLOCK ? from.size - at : LZ4_BLOCK;
		int packed =
			LZ4_compress_default((char *)from.data + at, (char *)to.data + size + 4,
					     (int)block, (int)(to.size - size - 4));

		assert_true(packed > 0);
		pl_bytes_put(to.data + size, 4, false, (uint64_t)packed);
		size += 4 + (size_t)packed;
	}
	return size;
}

static size_t pack_bzip2(struct buffer from, struct buffer to)
{
	unsigned size = (unsigned)to.size;

	assert_int_equal(BZ2_bzBuffToBuffCompress((char *)to.data, &size, (char *)from.data,
						  (unsigned)from.size, 1, 0, 0),
			 BZ_OK);
	return size;
}

static size_t pack_xz(struct buffer from, struct buffer to)
{
	size_t size = 0;

	assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC32, NULL, from.data, from.size,
						 to.data, &size, to.size),
			 LZMA_OK);
	return size;
}

struct buffer pack(enum pl_compression compression, struct buffer from)
{
	struct buffer to = new_buffer(from.size + from.size / 8 + 4096);

	switch (compression) {
	case PL_COMPRESSION_GZIP:
	case PL_COMPRESSION_ZLIB:
		to.size = pack_zlib(from, to, compression == PL_COMPRESSION_GZIP);
		break;
	case PL_COMPRESSION_ZSTD:
		to.size = ZSTD_compress(to.data, to.size, from.data, from.size, 3);
		assert_false(ZSTD_isError(to.size));
		break;
	case PL_COMPRESSION_XZ:
		to.size = pack_xz(from, to);
		break;
	case PL_COMPRESSION_LZMA:
		to.size = pack_lzma(from, to);
		break;
	case PL_COMPRESSION_LZ4:
		to.size = LZ4F_compressFrame(to.data, to.size, from.data, from.size, NULL);
		assert_false(LZ4F_isError(to.size));
		break;
	case PL_COMPRESSION_LZ4_LEGACY:
		to.size = pack_lz4_legacy(from, to);
		break;
	default:
		to.size = pack_bzip2(from, to);
		break;
	}
	return to;
}

struct buffer at_offset(struct buffer from, size_t offset, size_t room)
{
	struct buffer buffer = new_buffer(offset + from.size + room);

	memcpy(buffer.data + offset, from.data, from.size);
	return buffer;
}

void put_text(struct buffer image, size_t at, const char *text)
{
	memcpy(image.data + at, text, strlen(text));
}

void put(struct buffer image, size_t at, unsigned size, uint64_t value)
{
	pl_bytes_put(image.data + at, size, false, value);
}

void assert_same(struct pl_bytes bytes, struct buffer expected)
{
	assert_int_equal(bytes.size, expected.size);
	assert_memory_equal(bytes.data, expected.data, expected.size);
}

void assert_error(struct pl_error *error, const char *why)
{
	assert_non_null(error);
	assert_int_equal(error->kind, PL_ERROR_UNREADABLE);
	if (!strstr(error->message, why))
		fail_msg("\"%s\" does not tell of \"%s\"", error->message, why);
	pl_error_free(error);
}
