/* SPDX-License-Identifier: MIT */
/* `abc` is short enough to stand inline, `lab` is the end of `slab`, and `age`, the end of `page`, is no record. */
#include "page.h"

struct abc {
	unsigned long a, b;
};
struct lab {
	unsigned long c, d;
};
struct page a_page;
struct slab a_slab;
struct abc an_abc;
struct lab a_lab;
