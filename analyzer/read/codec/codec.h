/* SPDX-License-Identifier: MIT */
/* The compression libraries behind one interface: bytes in, bytes out, step by step. */
#ifndef PAGELAP_READ_CODEC_CODEC_H
#define PAGELAP_READ_CODEC_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "read/codec/decompress.h"

enum pl_codec_status {
	PL_CODEC_MORE,	  /* went on, or could not for want of input */
	PL_CODEC_END,	  /* the stream has ended */
	PL_CODEC_SHORT,	  /* the stream goes on past the input */
	PL_CODEC_DAMAGED, /* or made by something that the library does not know */
	PL_CODEC_MEMORY,
};

/* A step consumes from `in` and appends to `out` as much as it likes. */
struct pl_codec_stream {
	void *state; /* of the library */
	const unsigned char *in;
	size_t in_left;
	unsigned char *out;
	size_t out_left;
};

struct pl_codec {
	size_t room; /* bytes of output that a step needs, at least */
	bool (*open)(struct pl_codec_stream *stream); /* false: out of memory */
	enum pl_codec_status (*step)(struct pl_codec_stream *stream);
	void (*close)(struct pl_codec_stream *stream);
};

/* The codec for COMPRESSION, or NULL if it is not supported. */
const struct pl_codec *pl_codec_for(enum pl_compression compression);

#endif
