/* SPDX-License-Identifier: MIT */
/* Has no guard, and is something else each time that it is included. */
void TEMPLATE(touch)(struct page *page)
{
	page->FIELD = 0; /*= page.index write through=FIELD in=first_touch; page.private write through=FIELD in=second_touch */
}
