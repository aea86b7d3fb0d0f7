/* SPDX-License-Identifier: MIT */
/* How numbers and texts sort: for the functions that qsort() and the like are given. */
#ifndef PAGELAP_SUPPORT_ORDER_H
#define PAGELAP_SUPPORT_ORDER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Below, at or above 0, as A is below, at or above B. */
static inline int pl_order_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* The same for texts; NULL, which is not known, comes first. */
static inline int pl_order_texts(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

#endif
