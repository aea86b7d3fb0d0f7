/* SPDX-License-Identifier: MIT */
/* The first tail page of a folio, in the words of 6.1. */
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
		unsigned long compound_head;
		struct rcu_head rcu_head;
	};
	union {
		atomic_t _mapcount;
		unsigned int page_type;
	};
	atomic_t _refcount;
	unsigned long memcg_data;
} __attribute__((aligned(2 * sizeof(unsigned long))));

struct folio {
	union {
		struct {
			unsigned long flags;
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t index;
			void *private;
			atomic_t _mapcount;
			atomic_t _refcount;
			unsigned long memcg_data;
		};
		struct page page;
	};
	union {
		struct {
			unsigned long _flags_1;
			unsigned long __head;
#if defined(BROKEN_LATER) || defined(FIXED_LATER)
			/* As since 6.15, when every word had an owner. */
			atomic_t _large_mapcount;
			atomic_t _nr_pages_mapped;
#ifdef CONFIG_64BIT
			atomic_t _entire_mapcount;
			atomic_t _pincount;
			int _mm_id_mapcount[2];
#else
			short _mm_id_mapcount[2];
#endif
			union {
				unsigned long _mm_ids;
#if defined(BROKEN_LATER)
				void *_split_owner;
#endif
			};
#else
			unsigned char _folio_dtor;
			unsigned char _folio_order;
			atomic_t _total_mapcount;
			atomic_t _pincount;
#ifdef CONFIG_64BIT
			unsigned int _folio_nr_pages;
#endif
#endif
#if defined(BROKEN)
			/* One number more: on 32 bits that is private, where hugetlb keeps its subpool. */
			atomic_t _subpages_mapped;
#elif defined(BROKEN_MORE)
			/* On 64 bits it takes some more to get there. */
			unsigned long _subpages_mapped;
			void *_subpages_owner;
#endif
		};
		struct page page_1;
	};
#if defined(BROKEN_SECOND) || defined(BROKEN_LATER)
	union {
		struct {
			unsigned long _flags_2;
			unsigned long _head_2;
			void *_hugetlb_subpool;
			void *_hugetlb_cgroup;
			void *_hugetlb_cgroup_rsvd;
			void *_hugetlb_hwpoison;
		};
		struct page page_2;
	};
#endif
};

#define FOLIO_MATCH(pg, fl) static_assert(offsetof(struct page, pg) == offsetof(struct folio, fl))
FOLIO_MATCH(flags, flags);
FOLIO_MATCH(lru, lru);
FOLIO_MATCH(_mapcount, _mapcount);
FOLIO_MATCH(_refcount, _refcount);
#undef FOLIO_MATCH
#define FOLIO_MATCH(pg, fl)                                                                        \
	static_assert(offsetof(struct folio, fl) == offsetof(struct page, pg) + sizeof(struct page))
FOLIO_MATCH(flags, _flags_1);
FOLIO_MATCH(compound_head, __head);
