/* SPDX-License-Identifier: MIT */
/* Fields that some configurations append to the host, and to the folio. */
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
		unsigned long compound_info;
		struct rcu_head rcu_head;
	};
	union {
		unsigned int page_type;
		atomic_t _mapcount;
	};
	atomic_t _refcount;
#ifdef CONFIG_MEMCG
	unsigned long memcg_data;
#endif
	void *virtual;
#if defined(CONFIG_KMSAN) && defined(BROKEN_BETWEEN)
	struct page *kmsan_shadow;
	struct page *kmsan_origin;
#endif
	int _last_cpupid;
#if defined(CONFIG_KMSAN) && !defined(BROKEN_BETWEEN)
	struct page *kmsan_shadow;
	struct page *kmsan_origin;
#endif
};

struct folio {
	memdesc_flags_t flags;
	struct list_head lru;
	struct address_space *mapping;
	pgoff_t index;
	void *private;
	atomic_t _mapcount;
	atomic_t _refcount;
#ifdef CONFIG_MEMCG
	unsigned long memcg_data;
#endif
#if defined(BROKEN)
	/* As until 6.6. */
#elif defined(BROKEN_ORDER)
	int _last_cpupid;
	void *virtual;
#else
	void *virtual;
	int _last_cpupid;
#endif
};

#define FOLIO_MATCH(pg, fl) static_assert(offsetof(struct page, pg) == offsetof(struct folio, fl))
FOLIO_MATCH(flags, flags);
FOLIO_MATCH(lru, lru);
FOLIO_MATCH(mapping, mapping);
FOLIO_MATCH(__folio_index, index);
FOLIO_MATCH(private, private);
FOLIO_MATCH(_mapcount, _mapcount);
FOLIO_MATCH(_refcount, _refcount);
#ifdef CONFIG_MEMCG
FOLIO_MATCH(memcg_data, memcg_data);
#endif
