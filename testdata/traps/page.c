/* SPDX-License-Identifier: MIT */
#include "page.h"

struct page a_page;
struct slab a_slab;
struct folio a_folio;

int use_page(void);

int use_page(void)
{
	return (int)a_page.flags + (int)a_slab.flags + (int)a_folio.flags;
}
