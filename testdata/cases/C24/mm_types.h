/* SPDX-License-Identifier: MIT */
/* How many processes share a table of huge pages. */
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
#if defined(FIXED)
		atomic_t pt_share_count;
#endif
	};
	union {
		unsigned long _pt_pad_2;
		spinlock_t *ptl;
	};
#if defined(BROKEN_TYPE)
	union {
		unsigned int __page_type;
		atomic_t pt_share_count;
	};
#else
	unsigned int __page_type;
#endif
#if defined(BROKEN)
	union {
		atomic_t __page_refcount;
		atomic_t pt_share_count;
	};
#elif defined(BROKEN_NAME)
	atomic_t pt_sharers;
#else
	atomic_t __page_refcount;
#endif
};

MATCHES(ptdesc, flags, pt_flags);
MATCHES(ptdesc, compound_info, pt_list);
MATCHES(ptdesc, mapping, __page_mapping);
MATCHES(ptdesc, __folio_index, pt_index);
MATCHES(ptdesc, page_type, __page_type);
#if !defined(BROKEN_NAME)
MATCHES(ptdesc, _refcount, __page_refcount);
#endif
