/* SPDX-License-Identifier: MIT */
#include "model/comparison.h"

#include <string.h>

static int by_number(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

int pl_common_touch_order(const struct pl_common_touch *a, const struct pl_common_touch *b)
{
	int order = by_number(a->page, b->page);

	if (!order)
		order = by_number(a->relation, b->relation);
	if (order || !a->host_field || !b->host_field)
		return order ? order : !!a->host_field - !!b->host_field;
	return strcmp(a->host_field, b->host_field);
}
