/* SPDX-License-Identifier: MIT */
#ifndef _NET_NETMEM_H
#define _NET_NETMEM_H

#include <linux/mm_types.h>

struct netmem_desc {
	unsigned long _flags;
	unsigned long pp_magic;
	struct page_pool *pp;
	unsigned long _pp_mapping_pad;
	unsigned long dma_addr;
	atomic_long_t pp_ref_count;
};

#define NETMEM_MATCH(pg, nm)                                                                       \
	static_assert(offsetof(struct page, pg) == offsetof(struct netmem_desc, nm))
NETMEM_MATCH(flags, _flags);
NETMEM_MATCH(pp_magic, pp_magic);
NETMEM_MATCH(pp, pp);
NETMEM_MATCH(dma_addr, dma_addr);
NETMEM_MATCH(pp_ref_count, pp_ref_count);
#undef NETMEM_MATCH
static_assert(sizeof(struct netmem_desc) <= offsetof(struct page, _refcount));

#endif
