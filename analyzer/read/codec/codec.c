/* SPDX-License-Identifier: MIT */
#include "read/codec/codec.h"

#include <bzlib.h>
#include <limits.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* Dictionaries of kernel images have at most 128 MiB; xz counts a little more. */
#define XZ_MEMORY ((uint64_t)256 << 20)

enum {
	LZ4_LEGACY_BLOCK = 8 << 20, /* every block holds as much, but for the last */
	LZ4_LEGACY_MAGIC_SIZE = 4,
};

/* zlib and libbz2 count in unsigned int. */
static unsigned clamp(size_t size)
{
	return size > INT_MAX ? INT_MAX : (unsigned)size;
}

/* What a library consumed and made of what it was offered. */
static void advance(struct pl_codec_stream *stream, size_t in, size_t out)
{
	stream->in += in;
	stream->in_left -= in;
	stream->out += out;
	stream->out_left -= out;
}

static bool zlib_open(struct pl_codec_stream *stream)
{
	z_stream *z = calloc(1, sizeof(*z));

	/* 15: any window; 32: gzip or zlib, as the header says */
	if (z && inflateInit2(z, 15 + 32) == Z_OK) {
		stream->state = z;
		return true;
	}
	free(z);
	return false;
}

static enum pl_codec_status zlib_step(struct pl_codec_stream *stream)
{
	z_stream *z = stream->state;
	unsigned in = clamp(stream->in_left), out = clamp(stream->out_left);
	int status;

	z->next_in = (unsigned char *)stream->in;
	z->avail_in = in;
	z->next_out = stream->out;
	z->avail_out = out;
	status = inflate(z, Z_NO_FLUSH);
	advance(stream, in - z->avail_in, out - z->avail_out);
	switch (status) {
	case Z_OK:
	case Z_BUF_ERROR:
		return PL_CODEC_MORE;
	case Z_STREAM_END:
		return PL_CODEC_END;
	case Z_MEM_ERROR:
		return PL_CODEC_MEMORY;
	default:
		return PL_CODEC_DAMAGED;
	}
}

static void zlib_close(struct pl_codec_stream *stream)
{
	inflateEnd(stream->state);
	free(stream->state);
}

static bool bzip2_open(struct pl_codec_stream *stream)
{
	bz_stream *bz = calloc(1, sizeof(*bz));

	if (bz && BZ2_bzDecompressInit(bz, 0, 0) == BZ_OK) {
		stream->state = bz;
		return true;
	}
	free(bz);
	return false;
}

static enum pl_codec_status bzip2_step(struct pl_codec_stream *stream)
{
	bz_stream *bz = stream->state;
	unsigned in = clamp(stream->in_left), out = clamp(stream->out_left);
	int status;

	bz->next_in = (char *)stream->in;
	bz->avail_in = in;
	bz->next_out = (char *)stream->out;
	bz->avail_out = out;
	status = BZ2_bzDecompress(bz);
	advance(stream, in - bz->avail_in, out - bz->avail_out);
	switch (status) {
	case BZ_OK:
		return PL_CODEC_MORE;
	case BZ_STREAM_END:
		return PL_CODEC_END;
	case BZ_MEM_ERROR:
		return PL_CODEC_MEMORY;
	default:
		return PL_CODEC_DAMAGED;
	}
}

static void bzip2_close(struct pl_codec_stream *stream)
{
	BZ2_bzDecompressEnd(stream->state);
	free(stream->state);
}

static bool open_lzma(struct pl_codec_stream *stream, bool xz)
{
	static const lzma_stream fresh = LZMA_STREAM_INIT;
	lzma_stream *lzma = malloc(sizeof(*lzma));

	if (!lzma)
		return false;
	*lzma = fresh;
	if ((xz ? lzma_stream_decoder(lzma, XZ_MEMORY, 0) : lzma_alone_decoder(lzma, XZ_MEMORY)) ==
	    LZMA_OK) {
		stream->state = lzma;
		return true;
	}
	free(lzma);
	return false;
}

static bool xz_open(struct pl_codec_stream *stream)
{
	return open_lzma(stream, true);
}

static bool lzma_open(struct pl_codec_stream *stream)
{
	return open_lzma(stream, false);
}

static enum pl_codec_status lzma_step(struct pl_codec_stream *stream)
{
	lzma_stream *lzma = stream->state;
	size_t in = stream->in_left, out = stream->out_left;
	lzma_ret status;

	lzma->next_in = stream->in;
	lzma->avail_in = in;
	lzma->next_out = stream->out;
	lzma->avail_out = out;
	status = lzma_code(lzma, LZMA_RUN);
	advance(stream, in - lzma->avail_in, out - lzma->avail_out);
	switch (status) {
	case LZMA_OK:
	case LZMA_BUF_ERROR:
		return PL_CODEC_MORE;
	case LZMA_STREAM_END:
		return PL_CODEC_END;
	case LZMA_MEM_ERROR:
		return PL_CODEC_MEMORY;
	default:
		return PL_CODEC_DAMAGED;
	}
}

static void lzma_close(struct pl_codec_stream *stream)
{
	lzma_end(stream->state);
	free(stream->state);
}

static bool zstd_open(struct pl_codec_stream *stream)
{
	stream->state = ZSTD_createDStream();
	return stream->state;
}

static enum pl_codec_status zstd_step(struct pl_codec_stream *stream)
{
	ZSTD_inBuffer in = {stream->in, stream->in_left, 0};
	ZSTD_outBuffer out = {stream->out, stream->out_left, 0};
	size_t left = ZSTD_decompressStream(stream->state, &out, &in);

	advance(stream, in.pos, out.pos);
	if (ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation)
		return PL_CODEC_MEMORY;
	if (ZSTD_isError(left))
		return PL_CODEC_DAMAGED;
	return left ? PL_CODEC_MORE : PL_CODEC_END;
}

static void zstd_close(struct pl_codec_stream *stream)
{
	ZSTD_freeDStream(stream->state);
}

static bool lz4_open(struct pl_codec_stream *stream)
{
	LZ4F_dctx *context = NULL;

	if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)))
		return false;
	stream->state = context;
	return true;
}

static enum pl_codec_status lz4_step(struct pl_codec_stream *stream)
{
	size_t in = stream->in_left, out = stream->out_left;
	size_t left = LZ4F_decompress(stream->state, stream->out, &out, stream->in, &in, NULL);

	if (LZ4F_isError(left))
		return PL_CODEC_DAMAGED;
	advance(stream, in, out);
	return left ? PL_CODEC_MORE : PL_CODEC_END;
}

static void lz4_close(struct pl_codec_stream *stream)
{
	LZ4F_freeDecompressionContext(stream->state);
}

static bool lz4_legacy_open(struct pl_codec_stream *stream)
{
	stream->state = NULL; /* becomes the start of the output, once there is some */
	if (stream->in_left >= LZ4_LEGACY_MAGIC_SIZE) {
		stream->in += LZ4_LEGACY_MAGIC_SIZE;
		stream->in_left -= LZ4_LEGACY_MAGIC_SIZE;
	}
	return true;
}

/*
 * A run of blocks, each behind its size as a little-endian word, without a
 * mark at the end: what is there when a block is not full, or cannot be one,
 * belongs to somebody else. (Linux puts the unpacked size behind its streams.)
 */
static enum pl_codec_status lz4_legacy_step(struct pl_codec_stream *stream)
{
	enum pl_codec_status ended = stream->state ? PL_CODEC_END : PL_CODEC_DAMAGED;
	int capacity =
		stream->out_left < LZ4_LEGACY_BLOCK ? (int)stream->out_left : LZ4_LEGACY_BLOCK;
	uint64_t size;
	int made;

	if (stream->in_left < 4)
		return stream->state ? PL_CODEC_END : PL_CODEC_SHORT;
	size = pl_bytes_get(stream->in, 4, false);
	if (!size || size > LZ4_COMPRESSBOUND(LZ4_LEGACY_BLOCK))
		return ended;
	/* Of what is as large as a block, the unpacked size could be a block's. */
	if (size != LZ4_LEGACY_BLOCK)
		ended = PL_CODEC_DAMAGED;
	if (size > stream->in_left - 4)
		return ended == PL_CODEC_END ? PL_CODEC_END : PL_CODEC_SHORT;
	made = LZ4_decompress_safe((const char *)stream->in + 4, (char *)stream->out, (int)size,
				   capacity);
	if (made < 0)
		return ended;
	stream->state = stream->out;
	advance(stream, 4 + (size_t)size, (size_t)made);
	return made < LZ4_LEGACY_BLOCK ? PL_CODEC_END : PL_CODEC_MORE;
}

static void lz4_legacy_close(struct pl_codec_stream *stream)
{
	stream->state = NULL;
}

static const struct pl_codec codecs[] = {
	[PL_COMPRESSION_GZIP] = {1, zlib_open, zlib_step, zlib_close},
	[PL_COMPRESSION_ZLIB] = {1, zlib_open, zlib_step, zlib_close},
	[PL_COMPRESSION_ZSTD] = {1, zstd_open, zstd_step, zstd_close},
	[PL_COMPRESSION_XZ] = {1, xz_open, lzma_step, lzma_close},
	[PL_COMPRESSION_LZMA] = {1, lzma_open, lzma_step, lzma_close},
	[PL_COMPRESSION_LZ4] = {1, lz4_open, lz4_step, lz4_close},
	[PL_COMPRESSION_LZ4_LEGACY] = {LZ4_LEGACY_BLOCK, lz4_legacy_open, lz4_legacy_step,
				       lz4_legacy_close},
	[PL_COMPRESSION_BZIP2] = {1, bzip2_open, bzip2_step, bzip2_close},
};

const struct pl_codec *pl_codec_for(enum pl_compression compression)
{
	size_t index = (size_t)compression;

	if (index >= sizeof(codecs) / sizeof(*codecs) || !codecs[index].open)
		return NULL;
	return &codecs[index];
}
