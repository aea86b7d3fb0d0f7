/* SPDX-License-Identifier: MIT */
#include <linux/page.h>
