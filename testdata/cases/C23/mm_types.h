/* SPDX-License-Identifier: MIT */
/* Which halves of a page are page tables: first beside the map count, then in the top byte of the reference count. */
#include <linux/types.h>

struct page {
	unsigned long flags;
	union {
		struct {
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t index;
			unsigned long private;
		};
		struct {
			unsigned long _pt_pad_1;
			pgtable_t pmd_huge_pte;
			void *_pt_pad_2;
#if defined(FIXED)
			atomic_t pt_frag_refcount;
#else
			unsigned long _pt_pad_3;
#endif
			spinlock_t *ptl;
		};
		unsigned long compound_head;
		struct rcu_head rcu_head;
	};
	union {
		atomic_t _mapcount;
		unsigned int page_type;
#if defined(BROKEN_TYPE)
		u8 pt_frag_bits;
#endif
	};
	union {
		atomic_t _refcount;
#if defined(BROKEN)
		u8 pt_frag_bits;
#elif defined(BROKEN_COUNT)
		atomic_t pt_frag_count;
#endif
	};
};

#if defined(BROKEN_DESC)
struct ptdesc {
	unsigned long __page_flags;
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
		spinlock_t *ptl;
	};
	unsigned int __page_type;
	union {
		atomic_t _refcount;
		struct {
			u8 pt_frag_bits;
			u8 _pad_refs[3];
		};
	};
};
#endif
