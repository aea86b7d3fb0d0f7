/* SPDX-License-Identifier: MIT */
/*
 * Raw BTF taken apart, without libbpf: what has to hold before libbpf may see
 * bytes that came from outside. Format: Documentation/bpf/btf.rst of Linux.
 */
#ifndef PAGELAP_READ_BTF_BTF_RAW_H
#define PAGELAP_READ_BTF_BTF_RAW_H

#include <stdint.h>

#include "support/arena.h"
#include "support/cursor.h"

/* The sections, as views into the bytes they were found in. */
struct pl_btf_raw {
	bool big_endian;
	struct pl_bytes types, strings;
	size_t header_size;
	size_t size; /* from the header to the end of the last section */
};

/* The size of the header that every version has; later ones may append to it. */
enum { PL_BTF_HEADER_SIZE = 24 };

/* How many type ids (0 is void) and bytes of names there are. */
struct pl_btf_extent {
	uint64_t types, strings;
};

/* Parses the header of BYTES. Returns what is wrong with it, or NULL; a constant string. */
const char *pl_btf_header(struct pl_bytes bytes, struct pl_btf_raw *ret);

/* Whether RAW builds on other BTF: only then its names do not begin with the empty one. */
bool pl_btf_raw_is_split(const struct pl_btf_raw *raw);

/*
 * Walks the types of RAW, which builds on BASE ({1, 0}: on nothing). *RET is
 * BASE grown by it. An error unless every type lies inside of its section, and
 * every type id and name it refers to exists.
 */
struct pl_error *pl_btf_check(const struct pl_btf_raw *raw, struct pl_btf_extent base,
			      struct pl_btf_extent *ret) PL_MUST_CHECK;

/*
 * RAW as BTF of its own, in ARENA: with what BASE holds before what RAW holds,
 * which is where split BTF counts its type ids and names from. BASE may hold
 * nothing; both have the same byte order.
 */
struct pl_error *pl_btf_join(struct pl_arena *arena, const struct pl_btf_raw *base,
			     const struct pl_btf_raw *raw, struct pl_bytes *ret) PL_MUST_CHECK;

#endif
