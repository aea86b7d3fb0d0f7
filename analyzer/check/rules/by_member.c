/* SPDX-License-Identifier: MIT */
#include "check/rules/by_member.h"

#include <stdlib.h>
#include <string.h>

#include "support/order.h"

/* Orders by what comes first in a path. */
static int order_outermost(const char *a, const char *b)
{
	size_t a_length = strcspn(a, ".["), b_length = strcspn(b, ".[");
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order ? order : pl_order_numbers(a_length, b_length);
}

static int order_members(const struct pl_access *a, const struct pl_access *b)
{
	int order = strcmp(a->record, b->record);

	return order ? order : order_outermost(a->field, b->field);
}

static int compare(const void *left, const void *right)
{
	const struct pl_numbered_access *a = left, *b = right;
	int order = order_members(a->access, b->access);

	return order ? order : pl_order_numbers(a->at, b->at);
}

bool pl_same_member(const struct pl_access *a, const struct pl_access *b)
{
	return !order_members(a, b);
}

void pl_sort_by_member(struct pl_numbered_accesses *accesses)
{
	if (accesses->count)
		qsort(accesses->list, accesses->count, sizeof(*accesses->list), compare);
}

struct pl_error *pl_accesses_by_member(const struct pl_usage *usage, struct pl_arena *arena,
				       struct pl_numbered_accesses *ret)
{
	ret->count = 0;
	ret->list = pl_arena_array(arena, usage->n_accesses, sizeof(*ret->list));
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < usage->n_accesses; i++)
		if (usage->accesses[i].field)
			ret->list[ret->count++] =
				(struct pl_numbered_access){&usage->accesses[i], i};
	pl_sort_by_member(ret);
	return NULL;
}

/* How many of ACCESSES come before member WANTED, or before what comes after it. */
static size_t count_before(const struct pl_numbered_accesses *accesses,
			   const struct pl_access *wanted, bool after)
{
	size_t low = 0, high = accesses->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (order_members(accesses->list[middle].access, wanted) < (after ? 1 : 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct pl_numbered_accesses pl_accesses_of(const struct pl_numbered_accesses *accesses,
					   const char *record, const char *member)
{
	const struct pl_access wanted = {.record = record, .field = member};
	size_t first = count_before(accesses, &wanted, false);

	return (struct pl_numbered_accesses){accesses->list + first,
					     count_before(accesses, &wanted, true) - first};
}
