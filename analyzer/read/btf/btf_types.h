/* SPDX-License-Identifier: MIT */
/* From BTF types to the type graph. Only what is reached by value is followed. */
#ifndef PAGELAP_READ_BTF_BTF_TYPES_H
#define PAGELAP_READ_BTF_BTF_TYPES_H

#include <bpf/btf.h>

#include "read/types.h"

struct pl_btf_graph;

/*
 * An empty graph of the types in BTF, which must have passed pl_btf_check();
 * names stay in BTF. POINTER_BITS is 0 where nobody knows. NULL without memory.
 */
struct pl_btf_graph *pl_btf_graph_new(struct pl_arena *arena, const struct btf *btf,
				      unsigned pointer_bits);

/* The struct or union with type id ID, its members and whatever they hold by value. */
struct pl_error *pl_btf_graph_record(struct pl_btf_graph *graph, uint32_t id,
				     const struct pl_type **ret) PL_MUST_CHECK;

#endif
