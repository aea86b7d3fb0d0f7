/* SPDX-License-Identifier: MIT */
/* A header that is not there: this unit is lost, and the others are not. */
#include <linux/mm.h>
#include "gadget-generated.h"

void gadget(struct page *page)
{
	page->private = GADGET;
}
