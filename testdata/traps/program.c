/* SPDX-License-Identifier: MIT */
/* A program for the kernel's own machine, with what it knows of the kernel's records. */
struct page {
	unsigned long flags;
	struct {
		unsigned int order : 3;
		unsigned int inuse : 5;
		void *owner;
	};
	unsigned int tail;
};

struct slab {
	unsigned long flags;
	int counts[4];
};

struct page a_page;
struct slab a_slab;
char may_be_loaded[] __attribute__((section("license"))) = "GPL";

__attribute__((section("socket"))) int look(void *context)
{
	return context ? (int)a_page.tail + a_slab.counts[1] : 0;
}
