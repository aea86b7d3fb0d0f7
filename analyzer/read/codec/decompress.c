/* SPDX-License-Identifier: MIT */
#include "read/codec/decompress.h"

#include <string.h>

#include "read/codec/codec.h"

enum {
	/* Kernels shrink to a quarter or less; what is reserved and not written to costs nothing.
	 */
	USUAL_RATIO = 6,
	LEAST_CAPACITY = 64 << 10,
	MOST_AT_ONCE = 256 << 20,
	PROBE_SIZE = 64 << 10,
};

struct format {
	const char *name;
	const char *magic; /* what a stream begins with */
	size_t magic_size;
};

static const struct format formats[] = {
	[PL_COMPRESSION_NONE] = {"none", NULL, 0},
	[PL_COMPRESSION_GZIP] = {"gzip", "\x1f\x8b\x08", 3},
	[PL_COMPRESSION_ZLIB] = {"zlib", NULL, 0},
	[PL_COMPRESSION_ZSTD] = {"zstd", "\x28\xb5\x2f\xfd", 4},
	[PL_COMPRESSION_XZ] = {"xz", "\xfd\x37\x7a\x58\x5a\x00", 6},
	[PL_COMPRESSION_LZMA] = {"lzma", "\x5d\x00\x00", 3},
	[PL_COMPRESSION_LZ4] = {"lz4", "\x04\x22\x4d\x18", 4},
	[PL_COMPRESSION_LZ4_LEGACY] = {"lz4", "\x02\x21\x4c\x18", 4},
	[PL_COMPRESSION_BZIP2] = {"bzip2", "BZh", 3},
	[PL_COMPRESSION_LZO] = {"lzo", "\x89LZO\x00\x0d\x0a\x1a\x0a", 9},
};

enum { N_FORMATS = sizeof(formats) / sizeof(*formats) };

enum outcome { UNPACKED, DAMAGED, CUT_SHORT, TOO_LARGE, NO_MEMORY };

struct output {
	struct pl_arena *arena;
	unsigned char *data;
	size_t size, capacity;
	size_t most; /* one more than allowed, so that a stream can end where the limit is */
};

const char *pl_compression_name(enum pl_compression compression)
{
	return formats[compression].name;
}

struct pl_bytes pl_compression_magic(enum pl_compression compression)
{
	const struct format *format = &formats[compression];

	return (struct pl_bytes){(const unsigned char *)format->magic, format->magic_size};
}

/*
 * The first bytes of lzma and bzip2 streams are no magic to speak of. The
 * header of lzma goes on with the size of the dictionary and the size of what
 * is packed, -1 if unknown; that of bzip2 with a digit and 48 bits of pi.
 */
static bool header_fits(enum pl_compression compression, struct pl_bytes bytes)
{
	if (compression == PL_COMPRESSION_LZMA)
		return bytes.size >= 13 &&
		       (!memcmp(bytes.data + 5, "\xff\xff\xff\xff\xff\xff\xff\xff", 8) ||
			!memcmp(bytes.data + 9, "\x00\x00\x00\x00", 4));
	if (compression == PL_COMPRESSION_BZIP2)
		return bytes.size >= 10 && bytes.data[3] >= '1' && bytes.data[3] <= '9' &&
		       !memcmp(bytes.data + 4, "\x31\x41\x59\x26\x53\x59", 6);
	return true;
}

/*
 * zstd and lz4 may have frames that hold nothing of what is packed, as pzstd
 * puts one before each of its own: a magic number of which four bits are free,
 * and a size. What follows those that BYTES begin with.
 */
static struct pl_bytes past_notes(struct pl_bytes bytes)
{
	while (bytes.size >= 8 && (pl_bytes_get(bytes.data, 4, false) & ~0xfull) == 0x184d2a50) {
		uint64_t size = 8 + pl_bytes_get(bytes.data + 4, 4, false);

		if (size > bytes.size)
			break;
		bytes = (struct pl_bytes){bytes.data + size, bytes.size - (size_t)size};
	}
	return bytes;
}

enum pl_compression pl_compression_detect(struct pl_bytes bytes)
{
	bytes = past_notes(bytes);
	for (size_t i = 0; i < N_FORMATS; i++) {
		const struct format *format = &formats[i];

		if (format->magic && bytes.size >= format->magic_size &&
		    !memcmp(bytes.data, format->magic, format->magic_size) &&
		    header_fits((enum pl_compression)i, bytes))
			return (enum pl_compression)i;
	}
	return PL_COMPRESSION_NONE;
}

static enum outcome make_room(struct output *output, size_t room)
{
	size_t capacity = output->capacity < output->most / 2 ? output->capacity * 2 : output->most;
	unsigned char *data;

	if (output->capacity - output->size >= room || output->capacity == output->most)
		return output->size < output->most ? UNPACKED : TOO_LARGE;
	if (capacity < output->size + room && output->size + room < output->most)
		capacity = output->size + room;
	data = pl_arena_alloc(output->arena, capacity);
	if (!data)
		return NO_MEMORY;
	if (output->size)
		memcpy(data, output->data, output->size);
	output->data = data;
	output->capacity = capacity;
	return UNPACKED;
}

static enum outcome step(const struct pl_codec *codec, struct pl_codec_stream *stream,
			 struct output *output, bool *ended)
{
	size_t in_left = stream->in_left, room;
	enum pl_codec_status status;
	enum outcome outcome = make_room(output, codec->room);

	if (outcome != UNPACKED)
		return outcome;
	room = output->capacity - output->size;
	stream->out = output->data + output->size;
	stream->out_left = room;
	status = codec->step(stream);
	output->size += room - stream->out_left;
	*ended = status == PL_CODEC_END;
	switch (status) {
	case PL_CODEC_SHORT:
		return CUT_SHORT;
	case PL_CODEC_DAMAGED:
		return DAMAGED;
	case PL_CODEC_MEMORY:
		return NO_MEMORY;
	default:
		break;
	}
	if (*ended || stream->in_left < in_left || stream->out_left < room)
		return output->size < output->most ? UNPACKED : TOO_LARGE;
	return stream->in_left ? DAMAGED : CUT_SHORT; /* it does not go on */
}

static bool prepare(size_t packed, uint64_t limit, struct output *output)
{
	output->most = limit < SIZE_MAX / 2 ? (size_t)limit + 1 : SIZE_MAX / 2;
	output->capacity =
		packed < MOST_AT_ONCE / USUAL_RATIO ? packed * USUAL_RATIO : MOST_AT_ONCE;
	if (output->capacity < LEAST_CAPACITY)
		output->capacity = LEAST_CAPACITY;
	if (output->capacity > output->most)
		output->capacity = output->most;
	output->data = pl_arena_alloc(output->arena, output->capacity);
	return output->data;
}

/* Unpacks the stream at the start of *BYTES, and leaves what follows it there. */
static enum outcome unpack_stream(const struct pl_codec *codec, struct pl_bytes *bytes,
				  struct output *output)
{
	struct pl_codec_stream stream = {.in = bytes->data, .in_left = bytes->size};
	enum outcome outcome = UNPACKED;
	bool ended = false;

	if (!codec->open(&stream))
		return NO_MEMORY;
	while (outcome == UNPACKED && !ended)
		outcome = step(codec, &stream, output, &ended);
	codec->close(&stream);
	*bytes = (struct pl_bytes){stream.in, stream.in_left};
	return outcome;
}

/* NEXT: what streams that follow directly are to be, to be unpacked, too; NONE: one is enough. */
static enum outcome unpack(const struct pl_codec *codec, struct pl_bytes bytes, uint64_t limit,
			   enum pl_compression next, struct output *output)
{
	enum outcome outcome;

	if (!prepare(bytes.size, limit, output))
		return NO_MEMORY;
	do {
		bytes = past_notes(bytes);
		outcome = unpack_stream(codec, &bytes, output);
	} while (outcome == UNPACKED && next != PL_COMPRESSION_NONE &&
		 pl_compression_detect(bytes) == next);
	return outcome;
}

static struct pl_error *decompress(enum pl_compression compression, enum pl_compression next,
				   struct pl_bytes bytes, uint64_t limit, struct pl_arena *arena,
				   struct pl_bytes *ret)
{
	const struct pl_codec *codec = pl_codec_for(compression);
	const char *name = pl_compression_name(compression);
	struct output output = {.arena = arena};

	if (!codec)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s compression is not supported", name);
	switch (unpack(codec, bytes, limit, next, &output)) {
	case UNPACKED:
		*ret = (struct pl_bytes){output.data, output.size};
		return NULL;
	case TOO_LARGE:
		return pl_error_new(PL_ERROR_UNREADABLE, "%s stream unpacks to more than %ju bytes",
				    name, (uintmax_t)limit);
	case CUT_SHORT:
		return pl_error_new(PL_ERROR_UNREADABLE, "%s stream is cut short", name);
	case NO_MEMORY:
		return pl_error_no_memory();
	default:
		return pl_error_new(PL_ERROR_UNREADABLE, "%s stream is damaged", name);
	}
}

struct pl_error *pl_decompress(enum pl_compression compression, struct pl_bytes bytes,
			       uint64_t limit, struct pl_arena *arena, struct pl_bytes *ret)
{
	return decompress(compression, PL_COMPRESSION_NONE, bytes, limit, arena, ret);
}

struct pl_error *pl_decompress_all(enum pl_compression compression, struct pl_bytes bytes,
				   uint64_t limit, struct pl_arena *arena, struct pl_bytes *ret)
{
	return decompress(compression, compression, bytes, limit, arena, ret);
}

bool pl_decompress_probe(enum pl_compression compression, struct pl_bytes bytes)
{
	const struct pl_codec *codec = pl_codec_for(compression);
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = codec ? pl_arena_new() : NULL;
	struct output output = {.arena = arena};
	enum outcome outcome;

	if (!arena)
		return false;
	outcome = unpack(codec, bytes, codec->room > PROBE_SIZE ? codec->room : PROBE_SIZE,
			 PL_COMPRESSION_NONE, &output);
	return outcome == UNPACKED || outcome == TOO_LARGE;
}
