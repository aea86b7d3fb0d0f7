/* SPDX-License-Identifier: MIT */
/* zsmalloc keeps an offset within a page below the page type. */
#include <linux/page.h>

#define PAGE_SIZE (1UL << CONFIG_PAGE_SHIFT)

struct zpdesc {
	unsigned long flags;
	struct list_head lru;
	unsigned long movable_ops;
	union {
		struct zpdesc *next;
		unsigned long handle;
	};
	void *zspage;
#if defined(BROKEN_HALVES)
	/* Of two halves one is on the type, whichever comes first in memory. */
	unsigned short first_obj_offset;
	unsigned short first_obj_class;
#else
	unsigned int first_obj_offset;
#endif
	atomic_t _refcount;
};

MATCHES(zpdesc, flags, flags);
MATCHES(zpdesc, lru, lru);
MATCHES(zpdesc, __folio_index, next);
MATCHES(zpdesc, private, zspage);
MATCHES(zpdesc, page_type, first_obj_offset);
MATCHES(zpdesc, _refcount, _refcount);
