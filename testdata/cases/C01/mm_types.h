/* SPDX-License-Identifier: MIT */
/* The host of 5.12 with the first struct folio laid over it, which made the shift visible. */
#include <linux/types.h>

struct page {
	unsigned long flags;
	union {
		struct {
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t index;
			unsigned long private;
		};
		struct {
#if defined(BROKEN)
			dma_addr_t dma_addr;
#elif defined(BROKEN_BEHIND)
			/* Another member of the same width, in another word of another alternative. */
			struct list_head pool_list;
			void *pool_owner;
			u64 pool_cookie;
#elif defined(BROKEN_ARRAY)
			struct list_head pool_list;
			void *pool_owner;
			u64 pool_cookies[1];
#elif defined(BROKEN_ATTRIBUTE)
			/* Also on i386: an attribute counts everywhere. */
			struct list_head pool_list;
			void *pool_owner __attribute__((aligned(8)));
#else
			unsigned long pp_magic;
			struct page_pool *pp;
			unsigned long _pp_mapping_pad;
			unsigned long dma_addr[2];
#endif
		};
		struct {
			unsigned long compound_head;
		};
		struct rcu_head rcu_head;
	};
	union {
		unsigned int page_type;
		atomic_t _mapcount;
	};
	atomic_t _refcount;
};

struct folio {
	unsigned long flags;
	struct list_head lru;
	struct address_space *mapping;
	pgoff_t index;
	void *private;
	atomic_t _mapcount;
	atomic_t _refcount;
};

#define FOLIO_MATCH(pg, fl) static_assert(offsetof(struct page, pg) == offsetof(struct folio, fl))
FOLIO_MATCH(flags, flags);
FOLIO_MATCH(lru, lru);
FOLIO_MATCH(compound_head, lru);
FOLIO_MATCH(index, index);
FOLIO_MATCH(private, private);
FOLIO_MATCH(_mapcount, _mapcount);
FOLIO_MATCH(_refcount, _refcount);
