/* SPDX-License-Identifier: MIT */
#define offsetof(TYPE, MEMBER) __builtin_offsetof(TYPE, MEMBER)
#define static_assert(expr, ...) _Static_assert(expr, #expr)
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
