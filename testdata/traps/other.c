/* SPDX-License-Identifier: MIT */
/* A unit that knows the host by name only, and much else. */
struct page;
struct elsewhere {
	struct page *page;
	struct slab *slab;
	long numbers[100];
};
struct elsewhere an_elsewhere;
