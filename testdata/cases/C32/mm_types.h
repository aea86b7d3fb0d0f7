/* SPDX-License-Identifier: MIT */
/* Where s390 keeps the guest address of a shadow table. */
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
#if defined(BROKEN)
	unsigned long _pt_s390_gaddr;
#elif defined(BROKEN_UNION)
	union {
		unsigned long __page_mapping;
		unsigned long pt_gaddr;
	};
#else
	unsigned long __page_mapping;
#endif
	union {
		pgoff_t pt_index;
		struct mm_struct *pt_mm;
		atomic_t pt_frag_refcount;
	};
	union {
#if defined(BROKEN_PTL)
		unsigned long pt_gaddr;
#else
		unsigned long _pt_pad_2;
#endif
		spinlock_t *ptl;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(ptdesc, flags, pt_flags);
MATCHES(ptdesc, compound_info, pt_list);
#if defined(BROKEN)
MATCHES(ptdesc, mapping, _pt_s390_gaddr);
#else
MATCHES(ptdesc, mapping, __page_mapping);
#endif
MATCHES(ptdesc, __folio_index, pt_index);
MATCHES(ptdesc, page_type, __page_type);
MATCHES(ptdesc, _refcount, __page_refcount);
