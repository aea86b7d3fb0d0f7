/* SPDX-License-Identifier: MIT */
/* A host of 64 bytes and what lies over it; page.leaves says how a 64-bit compiler lays it out. */
#include "sub/list.h"

struct page;
typedef int (*drop_t)(struct page *page, ...);

struct owner {
	const struct owner *const *up;
	drop_t drop;
};

struct page {
	unsigned long flags;
	union {
		struct {
			struct list_head lru;
			void *mapping;
			unsigned long index;
		};
		struct {
			unsigned int order : 5;
			unsigned int : 3;
			unsigned int inuse : 16;
			drop_t drop;
			unsigned char tags[2][3];
			short rest[];
		};
		struct page *chain[2][2];
	};
	atomic_t _mapcount;
	atomic_t _refcount;
	const volatile struct owner *owner;
	unsigned long memcg_data;
};

struct slab {
	unsigned long flags;
	void *slab_cache;
	struct list_head slab_list;
	struct {
		unsigned int inuse : 16;
		unsigned int objects : 15;
		unsigned int frozen : 1;
	};
	unsigned int __unused_1;
	int *ids;
	unsigned long obj_exts;
};

struct folio {
	union {
		struct {
			unsigned long flags;
			struct list_head lru;
			void *mapping;
			unsigned long index;
			atomic_t _mapcount;
			atomic_t _refcount;
		};
		struct page page;
	};
	union {
		struct {
			unsigned long _flags_1;
			unsigned long _head_1;
			int (*_fn)(void);
		};
		struct page __page_1;
	};
};
