/* SPDX-License-Identifier: MIT */
/* Four members in one word, no two of which meet in one kernel, but for two levels of x86. */
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
		atomic_t pt_share_count;
	};
	union {
		unsigned long _pt_pad_2;
		spinlock_t ptl;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
	unsigned long pt_memcg_data;
};

MATCHES(ptdesc, flags, pt_flags);
MATCHES(ptdesc, compound_info, pt_list);
MATCHES(ptdesc, compound_info, _pt_pad_1);
MATCHES(ptdesc, mapping, __page_mapping);
MATCHES(ptdesc, __folio_index, pt_index);
MATCHES(ptdesc, rcu_head, pt_rcu_head);
MATCHES(ptdesc, page_type, __page_type);
MATCHES(ptdesc, _refcount, __page_refcount);
MATCHES(ptdesc, memcg_data, pt_memcg_data);
static_assert(sizeof(struct ptdesc) <= sizeof(struct page));
