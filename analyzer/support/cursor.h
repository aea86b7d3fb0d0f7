/* SPDX-License-Identifier: MIT */
/*
 * A bounded, endian-aware read position in bytes that came from outside. No
 * read leaves the bounds: one that would, yields zero and marks the cursor as
 * failed, and every later read yields zero too. Check `failed` once, after a
 * run of reads.
 */
#ifndef PAGELAP_SUPPORT_CURSOR_H
#define PAGELAP_SUPPORT_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pl_bytes {
	const unsigned char *data;
	size_t size;
};

struct pl_cursor {
	struct pl_bytes bytes; /* not owned */
	size_t position;
	bool big_endian;
	bool failed;
};

/* A cursor at the start of BYTES. */
struct pl_cursor pl_cursor_init(struct pl_bytes bytes, bool big_endian);

/* Moves to POSITION bytes from the start. */
void pl_cursor_seek(struct pl_cursor *cursor, uint64_t position);

/* Moves COUNT bytes ahead. */
void pl_cursor_skip(struct pl_cursor *cursor, uint64_t count);

/* An unsigned integer of SIZE bytes, 1 to 8, in the cursor's byte order. */
uint64_t pl_cursor_read(struct pl_cursor *cursor, unsigned size);

/* The integer of SIZE bytes at DATA, without a cursor; the caller has checked the bounds. */
uint64_t pl_bytes_get(const unsigned char *data, unsigned size, bool big_endian);

/* Writes the low SIZE bytes of VALUE to DATA; the caller has checked the bounds. */
void pl_bytes_put(unsigned char *data, unsigned size, bool big_endian, uint64_t value);

/* Sets *RET to the SIZE bytes at OFFSET of BYTES; false, *RET untouched, if they leave it. */
bool pl_bytes_slice(struct pl_bytes bytes, uint64_t offset, uint64_t size, struct pl_bytes *ret);

/* The terminated string at OFFSET of BYTES, or NULL if it leaves them. */
const char *pl_bytes_string(struct pl_bytes bytes, uint64_t offset);

/* Where NEEDLE first occurs in BYTES at or after FROM, or bytes.size. */
size_t pl_bytes_find(struct pl_bytes bytes, size_t from, struct pl_bytes needle);

#endif
