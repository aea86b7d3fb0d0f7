/* SPDX-License-Identifier: MIT */
/* Payloads and packed payloads to test with. */
#ifndef PAGELAP_TESTS_PACKING_H
#define PAGELAP_TESTS_PACKING_H

#include "read/codec/decompress.h"

enum { LZ4_BLOCK = 8 << 20, PAYLOAD_SIZE = 300000, N_SUPPORTED = 8 };

/* What can be packed and unpacked. */
extern const enum pl_compression supported[N_SUPPORTED];

struct buffer {
	unsigned char *data;
	size_t size;
};

struct buffer new_buffer(size_t size);

struct pl_bytes bytes_of(struct buffer buffer);

/* Bytes that shrink, but not to nothing. */
struct buffer new_payload(size_t size);

/* A payload that passes for a kernel. */
struct buffer new_kernel(void);

struct buffer pack(enum pl_compression compression, struct buffer from);

/* FROM at OFFSET of as many zeroes as are needed, with ROOM behind it. */
struct buffer at_offset(struct buffer from, size_t offset, size_t room);

void put_text(struct buffer image, size_t at, const char *text);

void put(struct buffer image, size_t at, unsigned size, uint64_t value);

void assert_same(struct pl_bytes bytes, struct buffer expected);

void assert_error(struct pl_error *error, const char *why);

#endif
