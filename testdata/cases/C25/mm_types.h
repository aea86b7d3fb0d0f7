/* SPDX-License-Identifier: MIT */
/* Tables of the middle level and of the top level have owners in one word; with two levels they are one table. */
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
#ifdef CONFIG_HUGETLB_PMD_PAGE_TABLE_SHARING
		atomic_t pt_share_count;
#endif
	};
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
MATCHES(ptdesc, __folio_index, pt_index);
MATCHES(ptdesc, page_type, __page_type);
MATCHES(ptdesc, _refcount, __page_refcount);
