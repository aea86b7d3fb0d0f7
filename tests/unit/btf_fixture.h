/* SPDX-License-Identifier: MIT */
/* BTF to test with, and what reading it must yield. */
#ifndef PAGELAP_TESTS_BTF_FIXTURE_H
#define PAGELAP_TESTS_BTF_FIXTURE_H

#include <bpf/btf.h>

#include "read/btf/btf_read.h"

/* Positions in BTF as libbpf writes it: the first type follows the header of 24 bytes. */
enum { HEADER = 24, HEADER_SIZE_AT = 4, TYPES_SIZE_AT = 12, STRINGS_OFFSET_AT = 16 };

/* A leaf that is expected. */
struct leaf {
	const char *path;
	uint64_t offset, size;
	bool bit_field;
	const char *type;
};

struct copy {
	unsigned char *data;
	size_t size;
};

/* Those of struct page in page_btf(). */
enum { N_PAGE_LEAVES = 8 };

extern const struct leaf page_leaves[N_PAGE_LEAVES];

struct copy copy_of(struct btf *btf);

struct pl_bytes bytes_of(struct copy copy);

void put(struct copy *copy, size_t at, uint32_t value);

uint32_t get(const struct copy *copy, size_t at);

struct pl_target *new_target(void);

/* Reads the records called A and B (NULL: none). */
struct pl_error *try_read(struct pl_bytes bytes, struct pl_bytes base, const char *a, const char *b,
			  bool check_all, struct pl_target *target);

struct pl_target *read_raw(struct pl_bytes bytes, const char *a, const char *b);

struct pl_target *read_btf(struct btf *btf, const char *a, const char *b);

/* Reading must fail, as unreadable, with a message that names the file, the section and WHY. */
void assert_fails(struct pl_bytes bytes, struct pl_bytes base, const char *why);

void assert_copy_fails(struct copy copy, const char *why);

void assert_leaves(const struct pl_record *record, const struct leaf *leaves, size_t n);

/* BTF with `long` of SIZE bytes as type 1. */
struct btf *new_btf(size_t size);

/* struct page { long flags; union { struct page *next; const char *name; }; int (*fn)(long, ...);
 * enum zone zone; enum wide wide; double d; rest_t rest[0]; } */
struct btf *page_btf(void);

/* struct NAME { long MEMBER; } */
void add_simple(struct btf *btf, const char *name, const char *member);

void assert_page(const struct pl_target *target, enum pl_endian endian);

#endif
