/* SPDX-License-Identifier: MIT */
/* The union of the host has room for an RCU head that debugging has made larger; that of a descriptor need not. */
#include <linux/page.h>

struct slab {
	unsigned long __page_flags;
#if defined(BROKEN)
	union {
		struct list_head slab_list;
		struct rcu_head rcu_head;
	};
	struct kmem_cache *slab_cache;
	void *freelist;
	unsigned long counters;
#elif defined(BROKEN_CACHE)
	/* Room for the RCU head, over what its callback reads. */
	union {
		struct {
			struct kmem_cache *slab_cache;
			struct list_head slab_list;
			void *freelist;
			unsigned long counters;
		};
		struct {
			unsigned long __filler;
			struct rcu_head rcu_head;
		};
		struct rcu_head early_rcu_head;
	};
#else
	struct kmem_cache *slab_cache;
	union {
		struct {
			struct list_head slab_list;
			void *freelist;
			unsigned long counters;
		};
		struct rcu_head rcu_head;
	};
#endif
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(slab, flags, __page_flags);
MATCHES(slab, _refcount, __page_refcount);
static_assert(sizeof(struct slab) <= sizeof(struct page));

struct ptdesc {
	memdesc_flags_t pt_flags;
#if defined(BROKEN_TABLE)
	union {
		struct rcu_head pt_rcu_head;
		struct list_head pt_list;
		struct {
			unsigned long _pt_pad_1;
			pgtable_t pmd_huge_pte;
		};
	};
	unsigned long __page_mapping;
	union {
		pgoff_t pt_index;
		struct mm_struct *pt_mm;
		atomic_t pt_frag_refcount;
	};
#else
	union {
		struct rcu_head pt_rcu_head;
		struct {
			union {
				struct list_head pt_list;
				struct {
					unsigned long _pt_pad_1;
					pgtable_t pmd_huge_pte;
				};
			};
			unsigned long __page_mapping;
			union {
				pgoff_t pt_index;
				struct mm_struct *pt_mm;
				atomic_t pt_frag_refcount;
			};
		};
	};
#endif
	union {
		unsigned long _pt_pad_2;
		spinlock_t *ptl;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(ptdesc, flags, pt_flags);
MATCHES(ptdesc, compound_info, pt_list);
MATCHES(ptdesc, mapping, __page_mapping);
MATCHES(ptdesc, page_type, __page_type);
MATCHES(ptdesc, _refcount, __page_refcount);
