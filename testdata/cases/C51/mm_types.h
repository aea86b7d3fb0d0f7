/* SPDX-License-Identifier: MIT */
/* Flags that have several names on purpose: pages of one owner use those of another kind for their own. */
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
	PG_owner_priv_1,
	PG_reserved,
	PG_private,
	PG_reclaim,
	PG_swapbacked,
	PG_unevictable,
	PG_hwpoison,
	PG_anon_exclusive,
	__NR_PAGEFLAGS,

	PG_checked = PG_owner_priv_1,
	PG_pinned = PG_owner_priv_1,
	PG_movable_ops = PG_uptodate,
	PG_reported = PG_uptodate,
	PG_has_hwpoisoned = PG_active,
	PG_large_rmappable = PG_workingset,
	PG_partially_mapped = PG_reclaim,
};

#define CONFIG_MEMORY_FAILURE 1
#define NR_PAGEFLAGS __NR_PAGEFLAGS
#define PAGE_FLAGS_SECOND                                                                          \
	(0xffUL | 1UL << PG_has_hwpoisoned | 1UL << PG_large_rmappable | 1UL << PG_partially_mapped)

enum slab_flags {
	SL_locked = PG_locked,
	SL_partial = PG_workingset,
	SL_pfmemalloc = PG_active,
};

enum pt_flags {
	PT_kernel = PG_referenced,
	PT_reserved = PG_reserved,
};

struct slab {
	memdesc_flags_t flags;
	struct kmem_cache *slab_cache;
	union {
		struct {
			struct list_head slab_list;
			void *freelist;
			unsigned long counters;
		};
		struct rcu_head rcu_head;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(slab, flags, flags);
MATCHES(slab, compound_info, slab_cache);
MATCHES(slab, _refcount, __page_refcount);
