/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <generated/bounds.h>

typedef unsigned int u32;
typedef _Bool bool;

typedef struct {
	int counter;
} atomic_t;

typedef struct spinlock {
	u32 slock;
} spinlock_t;

struct list_head {
	struct list_head *next, *prev;
};

struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
} __attribute__((aligned(sizeof(void *))));
#define rcu_head callback_head

#endif
