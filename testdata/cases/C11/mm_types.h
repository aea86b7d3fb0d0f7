/* SPDX-License-Identifier: MIT */
/* What page tables keep in the word whose bit 0 means a tail page. */
#include <linux/page.h>

#define POISON_POINTER_DELTA 0
#ifdef BROKEN_POISON
#define LIST_POISON1 ((void *)0x101 + POISON_POINTER_DELTA)
#else
#define LIST_POISON1 ((void *)0x100 + POISON_POINTER_DELTA)
#endif

/* Some architecture's way of naming a table: a number, maybe an odd one. */
typedef unsigned long table_t;

struct ptdesc {
	memdesc_flags_t pt_flags;
	union {
		struct rcu_head pt_rcu_head;
		struct list_head pt_list;
#if defined(BROKEN)
		table_t pt_deposit;
#elif defined(BROKEN_BYTES)
		const u8 *pt_deposit;
#elif defined(BROKEN_NULLS)
		struct hlist_nulls_node pt_node;
#elif defined(BROKEN_FUNCTION)
		void (*pt_deposit)(struct page *);
#endif
		struct {
			unsigned long _pt_pad_1;
			union {
				pgtable_t pmd_huge_pte;
#ifdef FIXED
				table_t pt_deposit;
#endif
			};
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
		spinlock_t *ptl;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(ptdesc, flags, pt_flags);
MATCHES(ptdesc, compound_info, pt_list);
MATCHES(ptdesc, page_type, __page_type);
MATCHES(ptdesc, _refcount, __page_refcount);

/* A driver's descriptor that nobody told pagelap of. */
struct cgroup_desc {
	unsigned long cg_flags;
#if defined(BROKEN_OTHER)
	unsigned long cg_id;
	void *cg_owner;
#else
	void *cg_owner;
	unsigned long cg_id;
#endif
};

MATCHES(cgroup_desc, flags, cg_flags);
