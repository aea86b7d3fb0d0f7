/* SPDX-License-Identifier: MIT */
/* Functions that are known by name, as those of the kernel are. */
#ifndef _LINUX_BITS_H
#define _LINUX_BITS_H

#include <linux/types.h>

void set_bit(long nr, volatile unsigned long *addr);
bool test_bit(long nr, const volatile unsigned long *addr);
void atomic_inc(atomic_t *v);
int atomic_read(const atomic_t *v);
void atomic_set(atomic_t *v, int i);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void list_add(struct list_head *new, struct list_head *head);
void list_del(struct list_head *entry);
bool list_empty(const struct list_head *head);
void *memset(void *s, int c, unsigned long n);
void *memcpy(void *to, const void *from, unsigned long n);
void whatever(void *anything);
void prefetch(const void *anything);
void kmsan_unpoison_memory(const void *address, unsigned long size);
void kmsan_copy_page_meta(void *to, void *from);
void kmsan_handle_dma(void *anything);
unsigned long cmpxchg_word(volatile unsigned long *word, unsigned long old, unsigned long new);

/* The address is lost sight of in a variable: what is known is known of the macro. */
#define cmpxchg(ptr, old, new)                                                                     \
	({                                                                                         \
		__typeof__(ptr) __ptr = (ptr);                                                     \
		cmpxchg_word(__ptr, old, new);                                                     \
	})

#define list_for_each_entry(pos, head, member)                                                     \
	for (pos = container_of((head)->next, __typeof__(*pos), member);                           \
	     !list_is_head(&pos->member, head);                                                    \
	     pos = container_of(pos->member.next, __typeof__(*pos), member))

static inline bool list_is_head(const struct list_head *list, const struct list_head *head)
{
	return list == head;
}

#endif
