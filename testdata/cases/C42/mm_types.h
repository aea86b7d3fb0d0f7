/* SPDX-License-Identifier: MIT */
/* What tail pages say of their head depends on whether the size of the host is a power of two. */
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
};

MATCHES(folio, flags, flags);
MATCHES(folio, lru, lru);
MATCHES(folio, mapping, mapping);
MATCHES(folio, __folio_index, index);
MATCHES(folio, private, private);
MATCHES(folio, _mapcount, _mapcount);
MATCHES(folio, _refcount, _refcount);
MATCHES(folio, memcg_data, memcg_data);
