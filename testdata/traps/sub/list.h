/* SPDX-License-Identifier: MIT */
/* In a directory of its own, so that file tables have more than one. */
struct list_head {
	struct list_head *next, *prev;
};

typedef struct {
	int counter;
} atomic_t;
