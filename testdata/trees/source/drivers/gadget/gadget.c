/* SPDX-License-Identifier: MIT */
/* A driver that lays a union over the host and asserts nothing. */
#include <linux/mm.h>

union gadget_page {
	struct page page;
	struct {
		unsigned long unused_flags;
		struct list_head unused_list;
		union gadget_page *next;
	};
};

struct gadget_head {
	unsigned long word[4];
};

static void gadget_init(struct page *page)
{
	struct gadget_head *head = (struct gadget_head *)page;

	head->word[3] = 0;
}
