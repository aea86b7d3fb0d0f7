/* SPDX-License-Identifier: MIT */
/* The end of a list in mapping, where list_del() leaves a value with bit 1 set. */
#include <linux/page.h>

struct slab {
	memdesc_flags_t flags;
	struct kmem_cache *slab_cache;
	union {
		struct {
			struct list_head slab_list;
			void *freelist;
			unsigned long counters;
		};
		struct rcu_head rcu_head;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(slab, flags, flags);
MATCHES(slab, _refcount, __page_refcount);

/* No reader of mapping tests for this one's pages first. */
struct ioptdesc {
	unsigned long __page_flags;
#ifdef BROKEN_OTHER
	void *iopt_domain;
	struct list_head iopt_freelist_elm;
#else
	struct list_head iopt_freelist_elm;
	unsigned long __page_mapping;
#endif
	union {
		u8 incoherent;
		pgoff_t __index;
	};
	void *_private;
	unsigned int __page_type;
	atomic_t __page_refcount;
};

MATCHES(ioptdesc, flags, __page_flags);
MATCHES(ioptdesc, private, _private);
MATCHES(ioptdesc, page_type, __page_type);
MATCHES(ioptdesc, _refcount, __page_refcount);
