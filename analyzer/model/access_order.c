/* SPDX-License-Identifier: MIT */
/* The order of what a usage scan found: the same whoever found it first. */
#include <stdlib.h>
#include <string.h>

#include "model/access.h"
#include "support/order.h"

static int first_of(const int *results, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (results[i])
			return results[i];
	return 0;
}

int pl_spot_order(const struct pl_spot *a, const struct pl_spot *b)
{
	const int results[] = {
		pl_order_texts(a->place.file, b->place.file),
		pl_order_numbers(a->place.line, b->place.line),
		pl_order_numbers(a->column, b->column),
	};

	return first_of(results, sizeof(results) / sizeof(*results));
}

int pl_access_order(const struct pl_access *a, const struct pl_access *b)
{
	const int results[] = {
		pl_spot_order(&a->spot, &b->spot),
		pl_order_texts(a->record, b->record),
		pl_order_texts(a->field, b->field),
		pl_order_numbers(a->kind, b->kind),
		pl_order_texts(a->spot.function, b->spot.function),
		pl_order_texts(a->spot.through, b->spot.through),
		pl_order_texts(a->callee, b->callee),
		pl_order_texts(a->bits, b->bits),
	};

	return first_of(results, sizeof(results) / sizeof(*results));
}

static int compare_place(const struct pl_spot *a, const struct pl_spot *b)
{
	int order = pl_spot_order(a, b);

	return order ? order : pl_order_texts(a->function, b->function);
}

int pl_access_place_order(const struct pl_access *a, const struct pl_access *b)
{
	int order = compare_place(&a->spot, &b->spot);

	if (!order)
		order = pl_order_texts(a->record, b->record);
	return order ? order : pl_order_texts(a->field, b->field);
}

int pl_cast_place_order(const struct pl_cast *a, const struct pl_cast *b)
{
	int order = compare_place(&a->spot, &b->spot);

	if (!order)
		order = pl_order_texts(a->from, b->from);
	return order ? order : pl_order_texts(a->to, b->to);
}

static int compare_accesses(const void *a, const void *b)
{
	return pl_access_order(a, b);
}

static int compare_casts(const void *left, const void *right)
{
	const struct pl_cast *a = left, *b = right;
	const int results[] = {
		pl_spot_order(&a->spot, &b->spot),
		pl_order_texts(a->from, b->from),
		pl_order_texts(a->to, b->to),
		pl_order_texts(a->spot.function, b->spot.function),
		pl_order_texts(a->spot.through, b->spot.through),
	};

	return first_of(results, sizeof(results) / sizeof(*results));
}

int pl_lost_unit_order(const struct pl_lost_unit *a, const struct pl_lost_unit *b)
{
	int order = pl_order_texts(a->file, b->file);

	return order ? order : pl_order_texts(a->reason, b->reason);
}

static int compare_lost(const void *a, const void *b)
{
	return pl_lost_unit_order(a, b);
}

/* Sorts the COUNT elements of SIZE bytes at LIST; returns how many differ, which are in front. */
static size_t sort(void *list, size_t count, size_t size,
		   int (*compare)(const void *, const void *))
{
	char *elements = list;
	size_t kept = 1;

	if (!count)
		return 0;
	qsort(list, count, size, compare);
	for (size_t i = 1; i < count; i++) {
		if (!compare(elements + (kept - 1) * size, elements + i * size))
			continue;
		if (kept != i)
			memcpy(elements + kept * size, elements + i * size, size);
		kept++;
	}
	return kept;
}

void pl_usage_sort(struct pl_usage *usage)
{
	usage->n_accesses = sort(usage->accesses, usage->n_accesses, sizeof(*usage->accesses),
				 compare_accesses);
	usage->n_casts = sort(usage->casts, usage->n_casts, sizeof(*usage->casts), compare_casts);
	/* A file that is compiled twice is two units. */
	if (usage->n_lost)
		qsort(usage->lost, usage->n_lost, sizeof(*usage->lost), compare_lost);
}
