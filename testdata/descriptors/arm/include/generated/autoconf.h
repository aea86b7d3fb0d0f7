/* SPDX-License-Identifier: MIT */
#define CONFIG_ARM 1
#define CONFIG_AEABI 1
#define CONFIG_CPU_32v7 1
