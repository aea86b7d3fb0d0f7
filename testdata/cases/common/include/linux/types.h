/* SPDX-License-Identifier: MIT */
/* The types that descriptors are made of. The configuration makes some of them grow. */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef _Bool bool;
typedef unsigned long pgoff_t;

#ifdef CONFIG_ARCH_DMA_ADDR_T_64BIT
typedef u64 dma_addr_t;
#else
typedef u32 dma_addr_t;
#endif

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	long counter;
} atomic_long_t;

typedef struct {
	unsigned long f;
} memdesc_flags_t;

/* With debugging a lock knows who holds it, and no longer fits into a word. */
typedef struct spinlock {
	u32 slock;
#ifdef CONFIG_DEBUG_SPINLOCK
	u32 magic, owner_cpu;
	void *owner;
#endif
} spinlock_t;

struct list_head {
	struct list_head *next, *prev;
};

/* The last one's next is odd. */
struct hlist_nulls_node {
	struct hlist_nulls_node *next, **pprev;
};

struct llist_node {
	struct llist_node *next;
};

struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
#ifdef CONFIG_FAT_RCU_HEAD
	void *caller;
#endif
} __attribute__((aligned(sizeof(void *))));
#define rcu_head callback_head

struct address_space;
struct kmem_cache;
struct mm_struct;
struct page;
struct page_pool;

typedef struct page *pgtable_t;

#endif
