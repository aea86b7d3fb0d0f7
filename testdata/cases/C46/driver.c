/* SPDX-License-Identifier: MIT */
/* A network driver that chains its receive pages through mapping. */
#include <linux/mm_types.h>

union ring_page {
	struct page page;
	struct {
		unsigned long _pad_flags;
		struct list_head _pad_lru;
#if defined(BROKEN_INT)
		unsigned long next;
#else
		union ring_page *next;
#endif
#if defined(BROKEN_BASE)
		unsigned long _pad_index;
		u64 base;
#endif
	};
};

#if defined(FIXED) || defined(BROKEN_INT) || defined(BROKEN_BASE)
static_assert(offsetof(struct page, mapping) == offsetof(union ring_page, next));
#endif
