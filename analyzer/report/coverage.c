/* SPDX-License-Identifier: MIT */
#include "report/coverage.h"

bool pl_is_in_use(const struct pl_member *member)
{
	return member->field->type_class != PL_CLASS_PADDING && member->field->size;
}

bool pl_is_unpinned(const struct pl_member *member)
{
	return pl_is_in_use(member) && !member->pinned;
}
