/* SPDX-License-Identifier: MIT */
/* What hugetlb keeps in tail pages. */
#include <linux/page.h>

struct folio {
	union {
		struct {
			memdesc_flags_t flags;
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
			unsigned long _head_1;
		};
		struct page __page_1;
	};
	union {
		struct {
			unsigned long _flags_2;
			unsigned long _head_2;
#if defined(FIXED)
			void *_hugetlb_subpool;
			void *_hugetlb_cgroup;
			void *_hugetlb_cgroup_rsvd;
			void *_hugetlb_hwpoison;
#else
			struct list_head _deferred_list;
#endif
		};
		struct page __page_2;
	};
#if !defined(FIXED)
	union {
		struct {
			unsigned long _flags_3;
			unsigned long _head_3;
			void *_hugetlb_subpool;
#if defined(BROKEN_OTHER)
			struct list_head _reserve_list;
#else
			void *_hugetlb_cgroup;
			void *_hugetlb_cgroup_rsvd;
#endif
			void *_hugetlb_hwpoison;
		};
		struct page __page_3;
	};
#endif
};

MATCHES(folio, flags, flags);
MATCHES(folio, lru, lru);
MATCHES(folio, _mapcount, _mapcount);
MATCHES(folio, _refcount, _refcount);
