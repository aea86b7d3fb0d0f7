/* SPDX-License-Identifier: MIT */
/* Another one that nobody has heard of, as there is no assertion. */
#include <linux/mm_types.h>

struct iotable {
	unsigned long __page_flags;
	struct list_head tables;
};

static struct iotable *iotable_of(struct page *page)
{
	return (struct iotable *)page;
}
