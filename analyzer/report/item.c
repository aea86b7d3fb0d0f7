/* SPDX-License-Identifier: MIT */
#include "report/item.h"

static bool is_shown_whole(enum pl_type_class type_class)
{
	return type_class == PL_CLASS_LOCK || type_class == PL_CLASS_ATOMIC ||
	       type_class == PL_CLASS_PADDING;
}

struct pl_item pl_item_of(const struct pl_record *record, const struct pl_field *field)
{
	struct pl_item item = {field->path, field->type, field->offset, field->size, field};
	size_t at = field->container;

	for (; at != PL_NONE; at = record->containers[at].parent) {
		const struct pl_container *container = &record->containers[at];

		if ((container->offset == item.offset && container->size == item.size) ||
		    is_shown_whole(container->type_class))
			item = (struct pl_item){container->path, container->type, container->offset,
						container->size, field};
	}
	return item;
}

const char *pl_item_name(const struct pl_record *record, const struct pl_field *field)
{
	return pl_item_of(record, field).name;
}

bool pl_item_is_on(const struct pl_item *item, const struct pl_row *row)
{
	return item->size && item->offset < row->offset + row->size &&
	       item->offset + item->size > row->offset;
}

bool pl_branches_exclude(const struct pl_branch *a, size_t n_a, const struct pl_branch *b,
			 size_t n_b)
{
	for (size_t i = 0; i < n_a && i < n_b; i++) {
		if (a[i].union_index != b[i].union_index)
			return false;
		if (a[i].alternative != b[i].alternative)
			return true;
	}
	return false;
}
