/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>

struct page {
	unsigned long flags;
	union {
		struct {
			struct list_head lru;
			void *mapping;
			unsigned long index;
			unsigned long private;
		};
		unsigned long compound_head;
	};
	union {
		unsigned int page_type;
		atomic_t _mapcount;
	};
	atomic_t _refcount;
	unsigned long pages[2];
};

struct folio {
	union {
		struct {
			unsigned long flags;
			struct list_head lru;
			void *mapping;
			unsigned long index;
			void *private;
			atomic_t _mapcount;
			atomic_t _refcount;
		};
		struct page page;
	};
};
static_assert(offsetof(struct page, lru) == offsetof(struct folio, lru));
static_assert(offsetof(struct page, mapping) == offsetof(struct folio, mapping));

struct counters {
	void *freelist;
	unsigned inuse : 16, objects : 15, frozen : 1;
};

struct slab {
	unsigned long __page_flags;
	void *slab_cache;
	struct list_head slab_list;
	struct counters; /* as of -fms-extensions */
};
static_assert(sizeof(struct slab) <= sizeof(struct page));

struct ptdesc {
	unsigned long __page_flags;
	struct list_head pt_list;
	unsigned long __page_mapping;
	unsigned long pt_index;
	spinlock_t ptl;
};
static_assert(offsetof(struct page, index) == offsetof(struct ptdesc, pt_index));

enum pageflags { PG_locked, PG_dirty, PG_head };

#endif
