/* SPDX-License-Identifier: MIT */
#define CONFIG_64BIT 1
#define CONFIG_S390 1
