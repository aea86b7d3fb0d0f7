/* SPDX-License-Identifier: MIT */
/* Members that differ in the same way: said once for all of them. */
#include <stdlib.h>

#include "report/compared.h"
#include "support/order.h"

static int by_variant(const struct pl_variant *a, const struct pl_variant *b)
{
	int order = pl_order_numbers(a->present, b->present);

	if (!order)
		order = pl_order_numbers(a->n_targets, b->n_targets);
	if (!order)
		order = pl_order_numbers(a->n_touches, b->n_touches);
	for (size_t i = 0; i < a->n_targets && !order; i++)
		order = pl_order_numbers(a->targets[i], b->targets[i]);
	for (size_t i = 0; i < a->n_touches && !order; i++)
		order = pl_common_touch_order(&a->touches[i], &b->touches[i]);
	return order;
}

static int by_variants(const struct pl_compared_member *a, const struct pl_compared_member *b)
{
	int order = pl_order_numbers(a->n_variants, b->n_variants);

	for (size_t i = 0; i < a->n_variants && !order; i++)
		order = by_variant(&a->variants[i], &b->variants[i]);
	return order;
}

static int by_variants_and_place(const void *left, const void *right)
{
	const struct pl_compared_member *a = *(struct pl_compared_member *const *)left;
	const struct pl_compared_member *b = *(struct pl_compared_member *const *)right;
	int order = by_variants(a, b);

	return order ? order : (a > b) - (a < b);
}

static int by_first_member(const void *left, const void *right)
{
	const struct pl_compared_block *a = left, *b = right;

	return (a->members[0] > b->members[0]) - (a->members[0] < b->members[0]);
}

struct pl_error *pl_compared_blocks(const struct pl_compared_overlay *overlay,
				    struct pl_arena *arena, struct pl_compared_block **ret,
				    size_t *count)
{
	size_t n_members = overlay->n_members - overlay->same, n = 0, n_blocks = 0;
	const struct pl_compared_member **members =
		pl_arena_array(arena, n_members, sizeof(struct pl_compared_member *));
	struct pl_compared_block *blocks = pl_arena_array(arena, n_members, sizeof(*blocks));

	if (!members || !blocks)
		return pl_error_no_memory();
	for (size_t i = 0; i < overlay->n_members; i++)
		if (overlay->members[i].n_variants > 1)
			members[n++] = &overlay->members[i];
	qsort(members, n, sizeof(struct pl_compared_member *), by_variants_and_place);
	for (size_t i = 0; i < n; i++) {
		if (!i || by_variants(members[i - 1], members[i]))
			blocks[n_blocks++].members = &members[i];
		blocks[n_blocks - 1].n_members++;
	}
	qsort(blocks, n_blocks, sizeof(*blocks), by_first_member);
	*ret = blocks;
	*count = n_blocks;
	return NULL;
}
