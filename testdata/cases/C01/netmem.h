/* SPDX-License-Identifier: MIT */
/* The same member in a descriptor: it fits its word on 64 bits, and takes the next one, too, on 32. */
#include <linux/page.h>

struct netmem_desc {
	unsigned long _flags;
	unsigned long pp_magic;
	struct page_pool *pp;
	unsigned long _pp_mapping_pad;
#if defined(BROKEN_DESC)
	dma_addr_t dma_addr;
#else
	unsigned long dma_addr;
#endif
	atomic_long_t pp_ref_count;
};

MATCHES(netmem_desc, flags, _flags);
MATCHES(netmem_desc, pp_magic, pp_magic);
MATCHES(netmem_desc, pp, pp);
MATCHES(netmem_desc, dma_addr, dma_addr);
MATCHES(netmem_desc, pp_ref_count, pp_ref_count);
