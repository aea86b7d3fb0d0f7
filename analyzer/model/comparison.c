/* SPDX-License-Identifier: MIT */
#include "model/comparison.h"

#include <string.h>

#include "support/order.h"

int pl_common_touch_order(const struct pl_common_touch *a, const struct pl_common_touch *b)
{
	int order = pl_order_numbers(a->page, b->page);

	if (!order)
		order = pl_order_numbers(a->relation, b->relation);
	if (order || !a->host_field || !b->host_field)
		return order ? order : !!a->host_field - !!b->host_field;
	return strcmp(a->host_field, b->host_field);
}
