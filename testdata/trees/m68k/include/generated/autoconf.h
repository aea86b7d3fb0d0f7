/* SPDX-License-Identifier: MIT */
#define CONFIG_M68K 1
