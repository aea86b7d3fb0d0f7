/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

#define offsetof(TYPE, MEMBER) __builtin_offsetof(TYPE, MEMBER)
/* Whoever compiles the cases for their DWARF has assertions out of the way: broken ones do not compile. */
#ifndef static_assert
#define static_assert(expr, ...) _Static_assert(expr, #expr)
#endif
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define BITS_PER_LONG (8 * (int)sizeof(long))

#endif
