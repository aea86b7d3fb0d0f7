/* SPDX-License-Identifier: MIT */
#include "check/rules/by_member.h"

#include <stdlib.h>
#include <string.h>

#include "support/order.h"

/* Orders by what comes first in a path. */
static int order_outermost(const char *a, const char *b)
{
	size_t a_length = pl_path_outermost(a), b_length = pl_path_outermost(b);
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

static int compare_member(const void *element, const void *key)
{
	return order_members(((const struct pl_numbered_access *)element)->access, key);
}

struct pl_numbered_accesses pl_accesses_of(const struct pl_numbered_accesses *accesses,
					   const char *record, const char *member)
{
	const struct pl_access wanted = {.record = record, .field = member};
	size_t first = pl_count_before(&wanted, accesses->list, accesses->count,
				       sizeof(*accesses->list), compare_member);
	struct pl_numbered_accesses ret = {accesses->list + first, 0};

	while (first + ret.count < accesses->count &&
	       pl_same_member(ret.list[ret.count].access, &wanted))
		ret.count++;
	return ret;
}
