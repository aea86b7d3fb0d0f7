/* SPDX-License-Identifier: MIT */
/* How memory hotplug tells what a page of boot memory holds: a number of its own, in one word or another. */
#include <linux/page.h>

struct bootmem_desc {
	unsigned long bm_flags;
#if defined(BROKEN)
	unsigned long bm_magic;
	void *bm_owner;
	unsigned long _pad_mapping;
	unsigned long bm_index;
	unsigned long bm_section;
#else
	struct list_head bm_list;
#if defined(BROKEN_MAPPING)
	unsigned long bm_magic;
#else
	unsigned long _pad_mapping;
#endif
	unsigned long bm_index;
#if defined(BROKEN_TYPE)
	unsigned long bm_section;
	unsigned int bm_magic;
#elif defined(BROKEN_MAPPING)
	unsigned long bm_section;
#else
	unsigned long bm_magic;
#endif
#endif
};

MATCHES(bootmem_desc, flags, bm_flags);
