/* SPDX-License-Identifier: MIT */
/* How often a folio is locked into memory is counted where it would be on a list. */
#include <linux/page.h>

struct folio {
	union {
		struct {
			memdesc_flags_t flags;
			union {
				struct list_head lru;
				struct {
#ifndef BROKEN
					void *__filler;
#endif
					unsigned int mlock_count;
				};
			};
			struct address_space *mapping;
			pgoff_t index;
			void *private;
			atomic_t _mapcount;
			atomic_t _refcount;
		};
		struct page page;
	};
};

MATCHES(folio, flags, flags);
MATCHES(folio, lru, lru);
MATCHES(folio, mapping, mapping);
MATCHES(folio, compound_info, lru);
MATCHES(folio, __folio_index, index);
MATCHES(folio, private, private);
MATCHES(folio, _mapcount, _mapcount);
MATCHES(folio, _refcount, _refcount);
