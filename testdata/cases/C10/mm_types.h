/* SPDX-License-Identifier: MIT */
/* The descriptors of 7.2, with the assertions that it has (BROKEN) or with one for every member. */
#include <linux/page.h>

typedef struct {
	unsigned long val;
} swp_entry_t;

struct folio {
	union {
		struct {
			memdesc_flags_t flags;
			union {
				struct list_head lru;
				struct {
					void *__filler;
					unsigned int mlock_count;
				};
				void *pgmap;
			};
			struct address_space *mapping;
			union {
				pgoff_t index;
				unsigned long share;
			};
			union {
				void *private;
				swp_entry_t swap;
			};
			atomic_t _mapcount;
			atomic_t _refcount;
			unsigned long memcg_data;
		};
		struct page page;
	};
};

MATCHES(folio, flags, flags);
MATCHES(folio, lru, lru);
MATCHES(folio, mapping, mapping);
MATCHES(folio, compound_info, lru);
MATCHES(folio, __folio_index, index);
MATCHES(folio, private, private);
MATCHES(folio, _mapcount, _mapcount);
MATCHES(folio, _refcount, _refcount);
MATCHES(folio, memcg_data, memcg_data);

struct slab {
	memdesc_flags_t flags;
	struct kmem_cache *slab_cache;
	union {
		struct {
			struct list_head slab_list;
			void *freelist;
			union {
				unsigned long counters;
				struct {
					unsigned int inuse : 16;
					unsigned int objects : 15;
					unsigned int frozen : 1;
				};
			};
		};
		struct rcu_head rcu_head;
	};
	unsigned int __page_type;
	atomic_t __page_refcount;
	unsigned long obj_exts;
};

MATCHES(slab, flags, flags);
MATCHES(slab, compound_info, slab_cache);
MATCHES(slab, _refcount, __page_refcount);
MATCHES(slab, memcg_data, obj_exts);
static_assert(sizeof(struct slab) <= sizeof(struct page));

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

struct zpdesc {
	unsigned long flags;
	struct list_head lru;
	unsigned long movable_ops;
	union {
		struct zpdesc *next;
		unsigned long handle;
	};
	void *zspage;
	unsigned int first_obj_offset;
	atomic_t _refcount;
#ifdef BROKEN_ZPDESC
	void *zs_owner;
#endif
};

MATCHES(zpdesc, flags, flags);
MATCHES(zpdesc, lru, lru);
MATCHES(zpdesc, mapping, movable_ops);
MATCHES(zpdesc, __folio_index, next);
MATCHES(zpdesc, __folio_index, handle);
MATCHES(zpdesc, private, zspage);
MATCHES(zpdesc, page_type, first_obj_offset);
MATCHES(zpdesc, _refcount, _refcount);

struct netmem_desc {
	unsigned long _flags;
	unsigned long pp_magic;
	struct page_pool *pp;
	unsigned long _pp_mapping_pad;
	unsigned long dma_addr;
	atomic_long_t pp_ref_count;
#ifdef BROKEN_NETMEM
	unsigned int pp_generation;
#endif
};

MATCHES(netmem_desc, flags, _flags);
MATCHES(netmem_desc, pp_magic, pp_magic);
MATCHES(netmem_desc, pp, pp);
MATCHES(netmem_desc, dma_addr, dma_addr);
MATCHES(netmem_desc, pp_ref_count, pp_ref_count);

struct ioptdesc {
	unsigned long __page_flags;
	struct list_head iopt_freelist_elm;
	unsigned long __page_mapping;
	union {
		u8 incoherent;
		pgoff_t __index;
	};
	void *_private;
	unsigned int __page_type;
	atomic_t __page_refcount;
	unsigned long memcg_data;
};

MATCHES(ioptdesc, flags, __page_flags);
MATCHES(ioptdesc, lru, iopt_freelist_elm);
MATCHES(ioptdesc, mapping, __page_mapping);
MATCHES(ioptdesc, private, _private);
MATCHES(ioptdesc, page_type, __page_type);
MATCHES(ioptdesc, _refcount, __page_refcount);
MATCHES(ioptdesc, memcg_data, memcg_data);
static_assert(sizeof(struct ioptdesc) <= sizeof(struct page));

#ifdef FIXED
MATCHES(folio, lru, pgmap);
MATCHES(folio, share, share);
MATCHES(folio, private, swap);
MATCHES(slab, page_type, __page_type);
static_assert(offsetof(struct page, lru.prev) == offsetof(struct ptdesc, pmd_huge_pte));
MATCHES(ptdesc, __folio_index, pt_mm);
MATCHES(ptdesc, __folio_index, pt_frag_refcount);
MATCHES(ptdesc, __folio_index, pt_share_count);
MATCHES(ptdesc, private, ptl);
MATCHES(ioptdesc, __folio_index, __index);
MATCHES(ioptdesc, __folio_index, incoherent);
static_assert(sizeof(struct zpdesc) <= offsetof(struct page, memcg_data));
static_assert(sizeof(struct netmem_desc) <= offsetof(struct page, page_type));
#else
static_assert(sizeof(struct zpdesc) <= sizeof(struct page));
static_assert(sizeof(struct netmem_desc) <= offsetof(struct page, _refcount));
#endif
