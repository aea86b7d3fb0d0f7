/* SPDX-License-Identifier: MIT */
/* IOMMU tables have a descriptor of their own, in a header of their own. */
#ifndef IOMMU_PAGES_H
#define IOMMU_PAGES_H

#include <linux/mm_types.h>

struct ioptdesc {
	unsigned long __page_flags;
	struct list_head iopt_freelist_elm;
	unsigned long __page_mapping;
	union {
		u8 incoherent;
		pgoff_t __index;
	};
#if defined(BROKEN_GROWN)
	void *_private, *iopt_owner;
#else
	void *_private;
#endif
	unsigned int __page_type;
	atomic_t __page_refcount;
};

#define IOPTDESC_MATCH(pg, io) static_assert(offsetof(struct page, pg) == offsetof(struct ioptdesc, io))
IOPTDESC_MATCH(flags, __page_flags);
IOPTDESC_MATCH(lru, iopt_freelist_elm);
IOPTDESC_MATCH(mapping, __page_mapping);
IOPTDESC_MATCH(private, _private);
IOPTDESC_MATCH(page_type, __page_type);
IOPTDESC_MATCH(_refcount, __page_refcount);
#if !defined(BROKEN)
IOPTDESC_MATCH(__folio_index, __index);
IOPTDESC_MATCH(__folio_index, incoherent);
#endif

static inline struct ioptdesc *page_ioptdesc(struct page *page)
{
	return (struct ioptdesc *)page;
}

#endif
