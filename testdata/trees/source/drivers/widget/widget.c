/* SPDX-License-Identifier: MIT */
/* A driver with a descriptor of its own, which nobody has told pagelap of. */
#include <linux/mm.h>

struct widget_desc {
	unsigned long w_flags;
	struct list_head w_list;
	unsigned long w_mapping;
	unsigned long w_cookie;
};

#define WIDGET_MATCH(pg, w) static_assert(offsetof(struct page, pg) == offsetof(struct widget_desc, w))
WIDGET_MATCH(flags, w_flags);
WIDGET_MATCH(lru, w_list);
#undef WIDGET_MATCH
static_assert(sizeof(struct widget_desc) <= offsetof(struct page, _refcount));
