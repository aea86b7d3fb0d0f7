/* SPDX-License-Identifier: MIT */
/* What the page pool keeps in a page, and the descriptor that says so. */
#include <linux/types.h>

struct page {
	memdesc_flags_t flags;
	union {
		struct {
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t __folio_index;
			unsigned long private;
		};
		struct {
			unsigned long pp_magic;
			struct page_pool *pp;
#if defined(BROKEN)
			unsigned long dma_addr[2];
			atomic_long_t pp_ref_count;
#else
			unsigned long _pp_mapping_pad;
			unsigned long dma_addr;
			atomic_long_t pp_ref_count;
#endif
		};
		struct {
			unsigned long compound_info;
		};
	};
	union {
		unsigned int page_type;
		atomic_t _mapcount;
	};
	atomic_t _refcount;
};

struct netmem_desc {
	unsigned long _flags;
	unsigned long pp_magic;
	struct page_pool *pp;
#if defined(BROKEN)
	unsigned long dma_addr[2];
#elif defined(BROKEN_POINTER)
	/* The DMA address stays where it is, and something else takes the padding. */
	struct address_space *pp_owner;
	unsigned long dma_addr;
#else
	unsigned long _pp_mapping_pad;
	unsigned long dma_addr;
#endif
	atomic_long_t pp_ref_count;
};

#define NETMEM_DESC_ASSERT_OFFSET(pg, desc)                                                        \
	static_assert(offsetof(struct page, pg) == offsetof(struct netmem_desc, desc))
NETMEM_DESC_ASSERT_OFFSET(flags, _flags);
NETMEM_DESC_ASSERT_OFFSET(pp_magic, pp_magic);
NETMEM_DESC_ASSERT_OFFSET(pp, pp);
NETMEM_DESC_ASSERT_OFFSET(dma_addr, dma_addr);
NETMEM_DESC_ASSERT_OFFSET(pp_ref_count, pp_ref_count);
