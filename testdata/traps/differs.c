/* SPDX-License-Identifier: MIT */
/* Another idea of what a slab is, beside the same page. */
#define slab slab_of_the_header
#include "page.h"
#undef slab

struct slab {
	unsigned long flags;
	void *slab_cache;
	long moved[5];
};
struct page another_page;
struct slab another_slab;
