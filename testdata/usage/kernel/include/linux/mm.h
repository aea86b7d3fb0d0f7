/* SPDX-License-Identifier: MIT */
/* What is in a header counts once, in however many units it is. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/bits.h>
#include <linux/mm_types.h>

#define page_private(page) ((page)->private)

static inline struct folio *page_folio(struct page *page)
{
	if (page->compound_head & 1)			   /*= page.compound_head read */
		page = (void *)(page->compound_head - 1); /*= page.compound_head read */
	return (struct folio *)page;			   /*= cast page folio */
}

static inline struct ptdesc *page_ptdesc(struct page *page)
{
	return (struct ptdesc *)page; /*= cast page ptdesc */
}

static inline unsigned long *folio_flags(struct folio *folio, unsigned n)
{
	struct page *page = &folio->page; /*= cast folio page */

	return &page[n].flags; /*= page.flags address */
}

static inline spinlock_t *ptlock_ptr(struct ptdesc *ptdesc)
{
	return &ptdesc->ptl; /*= ptdesc.ptl address */
}

static inline spinlock_t *pte_lockptr(struct page *page)
{
	return ptlock_ptr(page_ptdesc(page)); /*= ptdesc.ptl address through=ptlock_ptr */
}

/* Many functions at one place. */
#define PAGEFLAG(name)                                                                             \
	static inline bool folio_test_##name(struct folio *folio)                                  \
	{                                                                                          \
		return test_bit(PG_##name, folio_flags(folio, 0));                                 \
	}                                                                                          \
	static inline void folio_set_##name(struct folio *folio)                                   \
	{                                                                                          \
		set_bit(PG_##name, folio_flags(folio, 0));                                         \
	}
PAGEFLAG(locked) /*= page.flags read bits=PG_locked callee=test_bit through=PAGEFLAG in=folio_test_locked; page.flags read-write bits=PG_locked callee=set_bit through=PAGEFLAG in=folio_set_locked */
PAGEFLAG(dirty) /*= page.flags read bits=PG_dirty callee=test_bit through=PAGEFLAG in=folio_test_dirty; page.flags read-write bits=PG_dirty callee=set_bit through=PAGEFLAG in=folio_set_dirty */

static inline int page_count(const struct page *page)
{
#ifdef CONFIG_64BIT
	return atomic_read(&page->_refcount); /*= page._refcount read callee=atomic_read */
#else
	return page->_refcount.counter;
#endif
}

#endif
