/* SPDX-License-Identifier: MIT */
/* Marks in mapping, and what file system DAX counts while mapping is NULL. */
#include <linux/page.h>

#ifdef CONFIG_OLD_NAMES
#define PAGE_MAPPING_ANON 0x1
#define PAGE_MAPPING_MOVABLE 0x2
#define PAGE_MAPPING_FLAGS (PAGE_MAPPING_ANON | PAGE_MAPPING_MOVABLE)
#else
#define FOLIO_MAPPING_ANON 0x1
#define FOLIO_MAPPING_ANON_KSM 0x2
#define FOLIO_MAPPING_FLAGS (FOLIO_MAPPING_ANON | FOLIO_MAPPING_ANON_KSM)
#endif
#if defined(BROKEN)
#define PAGE_MAPPING_DAX_SHARED ((void *)0x1)
#elif defined(BROKEN_OLD)
#define PAGE_MAPPING_DAX_COW ((void *)0x1)
#endif

struct address_space {
	void *host;
	unsigned long nrpages;
};

struct folio {
	memdesc_flags_t flags;
	struct list_head lru;
	struct address_space *mapping;
	union {
		pgoff_t index;
		unsigned long share;
	};
	void *private;
	atomic_t _mapcount;
	atomic_t _refcount;
};

MATCHES(folio, flags, flags);
MATCHES(folio, lru, lru);
MATCHES(folio, mapping, mapping);
MATCHES(folio, __folio_index, index);
MATCHES(folio, __folio_index, share);
MATCHES(folio, private, private);
MATCHES(folio, _mapcount, _mapcount);
MATCHES(folio, _refcount, _refcount);
