/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/mm_types.h>

static inline struct folio *page_folio(struct page *page)
{
	return (struct folio *)page;
}

#endif
