/* SPDX-License-Identifier: MIT */
/* The host as releases around 7.2 have it, for cases that are about a descriptor. */
#ifndef _LINUX_PAGE_H
#define _LINUX_PAGE_H

#include <linux/types.h>

struct page {
	memdesc_flags_t flags;
	union {
		struct {
			union {
				struct list_head lru;
				struct list_head buddy_list;
				struct list_head pcp_list;
				struct llist_node pcp_llist;
			};
			struct address_space *mapping;
			union {
				pgoff_t __folio_index;
				unsigned long share;
			};
			unsigned long private;
		};
		struct {
			unsigned long pp_magic;
			struct page_pool *pp;
			unsigned long _pp_mapping_pad;
			unsigned long dma_addr;
			atomic_long_t pp_ref_count;
		};
		struct {
			unsigned long compound_info;
		};
		struct rcu_head rcu_head;
	};
	union {
		unsigned int page_type;
		atomic_t _mapcount;
	};
	atomic_t _refcount;
#ifdef CONFIG_MEMCG
	unsigned long memcg_data;
#endif
#ifdef WANT_PAGE_VIRTUAL
	void *virtual;
#endif
#ifdef LAST_CPUPID_NOT_IN_PAGE_FLAGS
	int _last_cpupid;
#endif
#ifdef CONFIG_KMSAN
	struct page *kmsan_shadow;
	struct page *kmsan_origin;
#endif
} __attribute__((aligned(2 * sizeof(unsigned long))));

#define MATCHES(overlay, pg, member) static_assert(offsetof(struct page, pg) == offsetof(struct overlay, member))

#endif
