/* SPDX-License-Identifier: MIT */
/*
 * The variants of a member have most touches in common. Here they are turned
 * round: for each touch which variants have it, and then the touches that the
 * same variants have side by side.
 */
#include <stdlib.h>

#include "report/compared.h"
#include "support/order.h"

/* A touch of one variant. */
struct item {
	const struct pl_common_touch *touch;
	size_t variant;
	size_t order; /* in which they are shown */
};

/* A touch, and the variants that have it. */
struct shared {
	const struct pl_common_touch *touch;
	size_t *variants;
	size_t n_variants;
	size_t order;
};

static int by_touch(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = pl_common_touch_order(a->touch, b->touch);

	return order ? order : pl_order_numbers(a->order, b->order);
}

static int by_variants(const struct shared *a, const struct shared *b)
{
	int order = pl_order_numbers(a->n_variants, b->n_variants);

	for (size_t i = 0; i < a->n_variants && !order; i++)
		order = pl_order_numbers(a->variants[i], b->variants[i]);
	return order;
}

static int by_variants_and_order(const void *left, const void *right)
{
	const struct shared *a = left, *b = right;
	int order = by_variants(a, b);

	return order ? order : pl_order_numbers(a->order, b->order);
}

/* What most have in common comes first. Each set of variants is in one row, with its first touch.
 */
static int by_weight(const void *left, const void *right)
{
	const struct shared *a = *(struct shared *const *)left;
	const struct shared *b = *(struct shared *const *)right;

	int order = pl_order_numbers(b->n_variants, a->n_variants);

	return order ? order : pl_order_numbers(a->order, b->order);
}

static size_t count_touches(const struct pl_compared_member *member)
{
	size_t count = 0;

	for (size_t i = 0; i < member->n_variants; i++)
		count += member->variants[i].n_touches;
	return count;
}

static void list_items(const struct pl_compared_member *member, struct item *items)
{
	size_t count = 0;

	for (size_t i = 0; i < member->n_variants; i++) {
		const struct pl_variant *variant = &member->variants[i];

		for (size_t j = 0; j < variant->n_touches; j++) {
			items[count] = (struct item){&variant->touches[j], i, count};
			count++;
		}
	}
}

/* The COUNT items as shared touches, sorted by their variants, into RET. */
static struct pl_error *share(struct item *items, size_t count, struct pl_arena *arena,
			      struct shared *ret, size_t *n_shared)
{
	size_t *variants = pl_arena_array(arena, count, sizeof(*variants));
	struct shared *shared = NULL;

	if (!variants)
		return pl_error_no_memory();
	qsort(items, count, sizeof(*items), by_touch);
	for (size_t i = 0; i < count; i++) {
		if (!shared || pl_common_touch_order(shared->touch, items[i].touch)) {
			shared = &ret[(*n_shared)++];
			*shared = (struct shared){items[i].touch, &variants[i], 0, items[i].order};
		}
		shared->variants[shared->n_variants++] = items[i].variant;
	}
	qsort(ret, *n_shared, sizeof(*ret), by_variants_and_order);
	return NULL;
}

/* The row of COUNT shared touches from FIRST on. */
static struct pl_error *make_row(const struct shared *first, size_t count, struct pl_arena *arena,
				 struct pl_compared_row *ret)
{
	*ret = (struct pl_compared_row){.variants = first->variants,
					.n_variants = first->n_variants};
	ret->touches = pl_arena_array(arena, count, sizeof(struct pl_common_touch *));
	if (!ret->touches)
		return pl_error_no_memory();
	while (ret->n_touches < count) {
		ret->touches[ret->n_touches] = first[ret->n_touches].touch;
		ret->n_touches++;
	}
	return NULL;
}

/* Rows of the N_SHARED touches, which are sorted by their variants. */
static struct pl_error *make_rows(struct shared *shared, size_t n_shared, struct pl_arena *arena,
				  struct pl_compared_row *rows, size_t *n_rows)
{
	struct shared **firsts = pl_arena_array(arena, n_shared, sizeof(struct shared *));
	size_t count = 0;

	if (!firsts)
		return pl_error_no_memory();
	for (size_t i = 0; i < n_shared; i++)
		if (!i || by_variants(&shared[i - 1], &shared[i]))
			firsts[count++] = &shared[i];
	qsort(firsts, count, sizeof(struct shared *), by_weight);
	for (size_t i = 0; i < count; i++) {
		size_t length = 1, left = (size_t)(&shared[n_shared] - firsts[i]);

		while (length < left && !by_variants(firsts[i], &firsts[i][length]))
			length++;
		PL_TRY(make_row(firsts[i], length, arena, &rows[(*n_rows)++]));
	}
	return NULL;
}

static struct pl_error *add_empty_rows(const struct pl_compared_member *member,
				       struct pl_arena *arena, struct pl_compared_row *rows,
				       size_t *n_rows)
{
	for (size_t i = 0; i < member->n_variants; i++) {
		struct pl_compared_row *row = &rows[*n_rows];

		if (member->variants[i].n_touches)
			continue;
		row->variants = pl_arena_alloc(arena, sizeof(*row->variants));
		if (!row->variants)
			return pl_error_no_memory();
		row->variants[0] = i;
		row->n_variants = 1;
		(*n_rows)++;
	}
	return NULL;
}

struct pl_error *pl_compared_rows(const struct pl_compared_member *member, struct pl_arena *arena,
				  struct pl_compared_row **ret, size_t *count)
{
	size_t n_items = count_touches(member), n_shared = 0, n_rows = 0;
	struct item *items = pl_arena_array(arena, n_items, sizeof(*items));
	struct shared *shared = pl_arena_array(arena, n_items, sizeof(*shared));
	struct pl_compared_row *rows =
		pl_arena_array(arena, n_items + member->n_variants, sizeof(*rows));

	if (!items || !shared || !rows)
		return pl_error_no_memory();
	list_items(member, items);
	PL_TRY(share(items, n_items, arena, shared, &n_shared));
	PL_TRY(make_rows(shared, n_shared, arena, rows, &n_rows));
	PL_TRY(add_empty_rows(member, arena, rows, &n_rows));
	*ret = rows;
	*count = n_rows;
	return NULL;
}
