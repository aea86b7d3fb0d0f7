/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

#define offsetof(TYPE, MEMBER) __builtin_offsetof(TYPE, MEMBER)
#define static_assert(expr, ...) _Static_assert(expr, #expr)
#define NULL ((void *)0)
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)                                                                         \
	do {                                                                                       \
		*(volatile __typeof__(x) *)&(x) = (val);                                           \
	} while (0)
#define container_of(ptr, type, member)                                                            \
	({                                                                                         \
		void *__mptr = (void *)(ptr);                                                      \
		static_assert(__builtin_types_compatible_p(__typeof__(*(ptr)),                     \
							   __typeof__(((type *)0)->member)),       \
			      "not a member");                                                     \
		(type *)((char *)__mptr - offsetof(type, member));                                 \
	})

#endif
