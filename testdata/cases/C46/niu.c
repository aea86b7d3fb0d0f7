/* SPDX-License-Identifier: MIT */
/* The driver that the rule pack knows: it clears next before it frees the page. */
#include <linux/mm_types.h>

union niu_page {
	struct page page;
	struct {
		unsigned long _pad_flags;
		struct list_head _pad_lru;
		union niu_page *next;
	};
};
