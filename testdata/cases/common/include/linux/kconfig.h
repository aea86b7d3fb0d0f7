/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#include <generated/autoconf.h>

/* 1 for an option that is y, 0 for one that is not there: only the former's value makes two arguments of one. */
#define ENABLED_AS_1 one, 1
#define SECOND(a, b, ...) b
#define CHOOSE(...) SECOND(__VA_ARGS__, 0, 0)
#define PASTE(value) CHOOSE(ENABLED_AS_##value)
#define IS_ENABLED(option) PASTE(option)

#endif
