/* SPDX-License-Identifier: MIT */
/* The lock of a page table is in its descriptor only if it fits into a word. */
#include <linux/page.h>

struct ptdesc {
	memdesc_flags_t pt_flags;
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
	union {
		unsigned long _pt_pad_2;
#if defined(BROKEN)
		spinlock_t ptl;
#else
		spinlock_t *ptl;
#endif
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(ptdesc, flags, pt_flags);
MATCHES(ptdesc, compound_info, pt_list);
MATCHES(ptdesc, mapping, __page_mapping);
MATCHES(ptdesc, __folio_index, pt_index);
MATCHES(ptdesc, page_type, __page_type);
MATCHES(ptdesc, _refcount, __page_refcount);

/* Another descriptor with a lock, over the last words before the map count. */
struct zpdesc {
	unsigned long flags;
	struct list_head lru;
	unsigned long movable_ops;
	union {
		struct zpdesc *next;
		unsigned long handle;
	};
#if defined(BROKEN_OTHER)
	union {
		void *zspage;
		spinlock_t zs_lock;
	};
#else
	void *zspage;
#endif
	unsigned int first_obj_offset;
	atomic_t _refcount;
};

MATCHES(zpdesc, flags, flags);
MATCHES(zpdesc, lru, lru);
MATCHES(zpdesc, __folio_index, next);
MATCHES(zpdesc, private, zspage);
MATCHES(zpdesc, page_type, first_obj_offset);
MATCHES(zpdesc, _refcount, _refcount);
