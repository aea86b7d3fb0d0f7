/* SPDX-License-Identifier: MIT */
#define CONFIG_64BIT 1
#define CONFIG_X86 1
#define CONFIG_X86_64 1
#define CONFIG_MEMCG 1
