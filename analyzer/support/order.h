/* SPDX-License-Identifier: MIT */
/* How numbers and texts sort, for the functions that qsort() is given; searching what is sorted. */
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

/*
 * How many of COUNT elements of SIZE bytes at LIST come before KEY: COMPARE is
 * below 0 for these, and for none after the first for which it is not.
 */
static inline size_t pl_count_before(const void *key, const void *list, size_t count, size_t size,
				     int (*compare)(const void *element, const void *key))
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (compare((const char *)list + middle * size, key) < 0)
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

#endif
