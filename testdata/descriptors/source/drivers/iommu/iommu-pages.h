/* SPDX-License-Identifier: MIT */
#ifndef _IOMMU_PAGES_H
#define _IOMMU_PAGES_H

#include <linux/mm_types.h>

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
#ifdef CONFIG_MEMCG
	unsigned long memcg_data;
#endif
};

#endif
