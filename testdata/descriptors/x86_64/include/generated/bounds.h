/* SPDX-License-Identifier: MIT */
#define SPINLOCK_SIZE 4 /* sizeof(spinlock_t) */
