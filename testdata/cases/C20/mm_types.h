/* SPDX-License-Identifier: MIT */
/* Pages of a page pool with a page type, which is where user space's mappings are counted. */
#include <linux/page.h>

struct netmem_desc {
	unsigned long _flags;
	unsigned long pp_magic;
	struct page_pool *pp;
	unsigned long _pp_mapping_pad;
	unsigned long dma_addr;
	atomic_long_t pp_ref_count;
#if defined(BROKEN_DESC)
	unsigned int page_type;
#endif
};

MATCHES(netmem_desc, flags, _flags);
MATCHES(netmem_desc, pp_magic, pp_magic);
MATCHES(netmem_desc, pp, pp);
MATCHES(netmem_desc, dma_addr, dma_addr);
MATCHES(netmem_desc, pp_ref_count, pp_ref_count);
#if defined(BROKEN_DESC)
MATCHES(netmem_desc, page_type, page_type);
#endif

/* Memory of a device in the place of pages, with a type in the same place. */
struct net_iov {
	union {
		struct netmem_desc desc;
		struct {
			unsigned long _flags;
			unsigned long pp_magic;
			struct page_pool *pp;
			unsigned long _pp_mapping_pad;
			unsigned long dma_addr;
			atomic_long_t pp_ref_count;
		};
	};
#if defined(BROKEN)
	unsigned int page_type;
#endif
	void *owner;
};

MATCHES(net_iov, pp_magic, pp_magic);
MATCHES(net_iov, dma_addr, dma_addr);
#if defined(BROKEN)
MATCHES(net_iov, page_type, page_type);
#endif
