/* SPDX-License-Identifier: MIT */
/* Fields of the same names that are of other records, and a helper of this file's own. */
#include <linux/mm.h>

struct inode {
	unsigned long flags, index;
	struct list_head lru;
	void *mapping;
};

static unsigned long *own_word(struct page *page)
{
	return &page->pages[1]; /*= page.pages address */
}

void shadow(struct inode *inode, struct page *page)
{
	inode->flags |= 1;
	inode->index = page_count(page);
	list_add(&inode->lru, &inode->lru);
	*own_word(page) = 1; /*= page.pages write through=own_word */
}
