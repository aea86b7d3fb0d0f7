/* SPDX-License-Identifier: MIT */
#include "model/constant.h"

#include <string.h>

bool pl_wanted_constant_same(const struct pl_wanted_constant *a, const struct pl_wanted_constant *b)
{
	if (a->n_needs != b->n_needs || strcmp(a->expression, b->expression))
		return false;
	for (size_t i = 0; i < a->n_needs; i++)
		if (strcmp(a->needs[i], b->needs[i]))
			return false;
	return true;
}
