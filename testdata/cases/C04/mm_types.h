/* SPDX-License-Identifier: MIT */
/* Free list and counters of a slab are exchanged as one double word. */
#ifdef BROKEN_HOST
#define page aligned_page
#include <linux/page.h>
#undef page
#undef MATCHES
#define MATCHES(overlay, pg, member) static_assert(offsetof(struct page, pg) == offsetof(struct overlay, member))

/* The host without the alignment, and with a field that makes the next one begin on an odd word. */
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
	unsigned long memcg_data;
	unsigned long debug;
};
#else
#include <linux/page.h>
#endif

struct freelist_counters {
	void *freelist;
	unsigned long counters;
};

#ifdef CONFIG_64BIT
typedef unsigned __int128 double_word;
#else
typedef u64 double_word;
#endif

struct slab {
	unsigned long flags;
	struct kmem_cache *slab_cache;
	union {
		struct {
#if defined(BROKEN)
			/* The list before takes one word more, the free list one less. */
			struct list_head slab_list;
			unsigned long slab_age;
			void *freelist;
			unsigned long counters;
#elif defined(BROKEN_HOST)
			struct list_head slab_list;
			union {
				struct {
					void *freelist;
					unsigned long counters;
				};
				double_word freelist_counters;
			};
#else
			struct list_head slab_list;
			void *freelist;
			unsigned long counters;
#endif
		};
		struct rcu_head rcu_head;
	};
#ifndef BROKEN
	unsigned int __page_type;
	atomic_t __page_refcount;
	unsigned long obj_exts;
#endif
};

MATCHES(slab, flags, flags);
MATCHES(slab, compound_info, slab_cache);
#ifndef BROKEN
MATCHES(slab, _refcount, __page_refcount);
MATCHES(slab, memcg_data, obj_exts);
#endif
