/* SPDX-License-Identifier: MIT */
/* Tables of a guest have no descriptor of the kernel's. This one says what their code does with the page. */
#include <linux/page.h>

struct stage2_table {
	unsigned long flags;
	union {
		struct rcu_head rcu_head;
		struct list_head _pad_lru;
	};
	unsigned long _pad_mapping;
	unsigned long _pad_index;
	s8 level;
	unsigned int _pad_page_type __attribute__((aligned(sizeof(long))));
	atomic_t _refcount;
};

MATCHES(stage2_table, flags, flags);
MATCHES(stage2_table, rcu_head, rcu_head);
MATCHES(stage2_table, private, level);
MATCHES(stage2_table, _refcount, _refcount);
