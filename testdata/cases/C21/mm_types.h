/* SPDX-License-Identifier: MIT */
/* Flags of folios in the first tail page, whose lowest byte is the order. */
#include <linux/page.h>

enum pageflags {
	PG_locked,
	PG_writeback,
	PG_referenced,
	PG_uptodate,
	PG_dirty,
	PG_lru,
	PG_head,
	PG_waiters,
	PG_active,
	PG_workingset,
	PG_reclaim,
	PG_hwpoison,
	PG_anon_exclusive,
	__NR_PAGEFLAGS,

#if defined(BROKEN_ORDER)
	/* Taken from those that a first tail page has for its order. */
	PG_has_hwpoisoned = PG_dirty,
#else
	PG_has_hwpoisoned = PG_active,
#endif
#if defined(BROKEN_TWICE)
	PG_large_rmappable = PG_reclaim,
#else
	PG_large_rmappable = PG_workingset,
#endif
	PG_partially_mapped = PG_reclaim,
#if defined(BROKEN)
	PG_hugetlb = PG_active,
#endif
};

#if !defined(BROKEN)
/* Of 6.9: a type, not a flag. */
#define PG_hugetlb 0x00001000
#endif

struct folio {
	memdesc_flags_t flags;
	struct list_head lru;
	struct address_space *mapping;
	pgoff_t index;
	void *private;
	atomic_t _mapcount;
	atomic_t _refcount;
};

MATCHES(folio, flags, flags);
MATCHES(folio, lru, lru);
MATCHES(folio, _mapcount, _mapcount);
MATCHES(folio, _refcount, _refcount);
