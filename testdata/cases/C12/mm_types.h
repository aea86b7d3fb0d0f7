/* SPDX-License-Identifier: MIT */
/* The page pool's signature is in the word whose bit 0 means a tail page and bit 1 a page from the reserves. */
#include <linux/page.h>

#ifdef CONFIG_64BIT
#define POISON_POINTER_DELTA 0xdead000000000000UL
#else
#define POISON_POINTER_DELTA 0
#endif

#if defined(BROKEN)
#define PP_SIGNATURE (0x41 + POISON_POINTER_DELTA)
#elif defined(BROKEN_RESERVES)
#define PP_SIGNATURE (0x42 + POISON_POINTER_DELTA)
#else
#define PP_SIGNATURE (0x40 + POISON_POINTER_DELTA)
#endif
#if defined(BROKEN_MASK)
#define PP_MAGIC_MASK ~0x1UL
#else
#define PP_MAGIC_MASK ~0x3UL
#endif

struct netmem_desc {
	unsigned long _flags;
#if defined(BROKEN_COUNT)
	union {
		unsigned long pp_magic;
		atomic_long_t pp_uses;
	};
#else
	unsigned long pp_magic;
#endif
	struct page_pool *pp;
	unsigned long _pp_mapping_pad;
	unsigned long dma_addr;
	atomic_long_t pp_ref_count;
};

MATCHES(netmem_desc, flags, _flags);
MATCHES(netmem_desc, pp_magic, pp_magic);
MATCHES(netmem_desc, pp, pp);
MATCHES(netmem_desc, dma_addr, dma_addr);
MATCHES(netmem_desc, pp_ref_count, pp_ref_count);
