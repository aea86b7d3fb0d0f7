/* SPDX-License-Identifier: MIT */
/* What is told of one place several times, told once. */
#include <stdlib.h>
#include <string.h>

#include "model/access.h"

/*
 * How much ACCESS says. An address that is handed to something may be written
 * there, which is more than that it is read; one that is only taken is nothing.
 */
static int weight(const struct pl_access *access)
{
	static const int weights[PL_ACCESS_KIND_COUNT] = {
		[PL_ACCESS_ADDRESS] = 2,
		[PL_ACCESS_READ] = 1,
		[PL_ACCESS_WRITE] = 3,
		[PL_ACCESS_READ_WRITE] = 4,
	};

	return access->kind == PL_ACCESS_ADDRESS && !access->callee ? 0 : weights[access->kind];
}

/* What MORE, which says at least as much as LESS, and LESS are together. */
static enum pl_access_kind together(const struct pl_access *more, const struct pl_access *less)
{
	if (more->kind == less->kind || more->kind == PL_ACCESS_ADDRESS || !weight(less))
		return more->kind;
	return PL_ACCESS_READ_WRITE;
}

/* Of two names the one that says more, or else the first by alphabet: no order of coming counts. */
static const char *choose(const char *a, const char *b)
{
	if (!a || !b)
		return a ? a : b;
	return strcmp(a, b) <= 0 ? a : b;
}

void pl_access_combine(struct pl_access *kept, const struct pl_access *same)
{
	int order = weight(kept) - weight(same);

	kept->kind = order < 0 ? together(same, kept) : together(kept, same);
	if (order < 0)
		kept->callee = same->callee;
	else if (!order)
		kept->callee = choose(kept->callee, same->callee);
	kept->bits = choose(kept->bits, same->bits);
	kept->spot.through = choose(kept->spot.through, same->spot.through);
}

void pl_cast_combine(struct pl_cast *kept, const struct pl_cast *same)
{
	kept->spot.through = choose(kept->spot.through, same->spot.through);
}

static int by_place(const void *a, const void *b)
{
	int order = pl_access_place_order(a, b);

	return order ? order : pl_access_order(a, b);
}

static int by_cast_place(const void *a, const void *b)
{
	return pl_cast_place_order(a, b);
}

static void combine_accesses(struct pl_usage *usage)
{
	struct pl_access *list = usage->accesses;
	size_t kept = 0;

	if (!usage->n_accesses)
		return;
	qsort(list, usage->n_accesses, sizeof(*list), by_place);
	for (size_t i = 1; i < usage->n_accesses; i++) {
		if (pl_access_place_order(&list[kept], &list[i]))
			list[++kept] = list[i];
		else
			pl_access_combine(&list[kept], &list[i]);
	}
	usage->n_accesses = kept + 1;
}

static void combine_casts(struct pl_usage *usage)
{
	struct pl_cast *list = usage->casts;
	size_t kept = 0;

	if (!usage->n_casts)
		return;
	qsort(list, usage->n_casts, sizeof(*list), by_cast_place);
	for (size_t i = 1; i < usage->n_casts; i++) {
		if (pl_cast_place_order(&list[kept], &list[i]))
			list[++kept] = list[i];
		else
			pl_cast_combine(&list[kept], &list[i]);
	}
	usage->n_casts = kept + 1;
}

void pl_usage_combine(struct pl_usage *usage)
{
	combine_accesses(usage);
	combine_casts(usage);
	pl_usage_sort(usage);
}
