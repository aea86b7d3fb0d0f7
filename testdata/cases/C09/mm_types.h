/* SPDX-License-Identifier: MIT */
/* Assertions that hold on 64 bits, as those of a kernel that is configured for 64 bits do. */
#include <linux/page.h>

struct widget_desc {
	unsigned long w_flags;
	struct list_head w_list;
	struct address_space *w_mapping;
	u64 w_index;
};

MATCHES(widget_desc, flags, w_flags);
MATCHES(widget_desc, lru, w_list);
MATCHES(widget_desc, mapping, w_mapping);
MATCHES(widget_desc, __folio_index, w_index);
static_assert(sizeof(long) == 8);
