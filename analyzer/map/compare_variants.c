/* SPDX-License-Identifier: MIT */
/* One member on all targets, grouped by sorting what it touches on each. */
#include <stdlib.h>

#include "map/compare_internal.h"
#include "support/order.h"

/* What the member touches on one target. */
struct answer {
	size_t target;
	const struct pl_member *member;	 /* NULL: it is not there */
	struct pl_common_touch *touches; /* sorted */
	size_t n_touches;
};

static int by_place(const void *left, const void *right)
{
	return pl_common_touch_order(left, right);
}

static int by_touches(const struct answer *a, const struct answer *b)
{
	int order = pl_order_numbers(!a->member, !b->member);

	if (!order)
		order = pl_order_numbers(a->n_touches, b->n_touches);
	for (size_t i = 0; i < a->n_touches && !order; i++)
		order = pl_common_touch_order(&a->touches[i], &b->touches[i]);
	return order;
}

static int by_touches_and_target(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;
	int order = by_touches(a, b);

	return order ? order : pl_order_numbers(a->target, b->target);
}

/* Where pins are not known of all targets, that one has a pin says nothing against another. */
static struct pl_common_touch common_touch(const struct pl_touch *touch, bool pins)
{
	enum pl_relation relation = touch->relation;

	if (relation == PL_RELATION_PINNED && !pins)
		relation = PL_RELATION_ALIGNED;
	return (struct pl_common_touch){touch->host_field ? touch->host_field->path : NULL,
					touch->range.page, relation};
}

static struct pl_common_touch *common_touches(const struct pl_member *member, bool pins,
					      struct pl_arena *arena)
{
	struct pl_common_touch *touches =
		pl_arena_array(arena, member->n_touches, sizeof(*touches));

	for (size_t i = 0; touches && i < member->n_touches; i++)
		touches[i] = common_touch(&member->touches[i], pins);
	return touches;
}

/* One answer per target that has the overlay, like ones side by side, into RET. */
static struct pl_error *find_answers(const struct pl_variants_request *request,
				     const struct pl_run *run, struct answer *ret)
{
	size_t count = request->overlay->n_targets, at = 0;

	for (size_t i = 0; i < count; i++) {
		struct answer *answer = &ret[i];

		*answer = (struct answer){.target = request->overlay->targets[i]};
		if (at == run->count || run->sightings[at]->target != answer->target)
			continue;
		answer->member = run->sightings[at]->member;
		answer->n_touches = answer->member->n_touches;
		answer->touches = common_touches(answer->member, request->pins, request->scratch);
		if (!answer->touches)
			return pl_error_no_memory();
		qsort(answer->touches, answer->n_touches, sizeof(*answer->touches), by_place);
		/* A damaged report can have a path twice: the first one counts. */
		while (at < run->count && run->sightings[at]->target == answer->target)
			at++;
	}
	qsort(ret, count, sizeof(*ret), by_touches_and_target);
	return NULL;
}

/* The variant of COUNT answers that are alike. */
static struct pl_error *make_variant(const struct pl_variants_request *request,
				     const struct answer *answers, size_t count,
				     struct pl_variant *ret)
{
	ret->present = answers->member;
	ret->n_touches = answers->n_touches;
	if (ret->present) {
		ret->touches = common_touches(answers->member, request->pins, request->keep);
		if (!ret->touches)
			return pl_error_no_memory();
	}
	ret->targets = pl_arena_array(request->keep, count, sizeof(*ret->targets));
	if (!ret->targets)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++)
		ret->targets[i] = answers[i].target;
	ret->n_targets = count;
	return NULL;
}

static int by_first_target(const void *left, const void *right)
{
	const struct pl_variant *a = left, *b = right;

	return pl_order_numbers(a->targets[0], b->targets[0]);
}

struct pl_error *pl_compare_variants(const struct pl_variants_request *request,
				     const struct pl_run *run, struct pl_compared_member *member)
{
	size_t count = request->overlay->n_targets, groups = 0, end;
	struct answer *answers = pl_arena_array(request->scratch, count, sizeof(*answers));

	if (!answers)
		return pl_error_no_memory();
	PL_TRY(find_answers(request, run, answers));
	for (size_t i = 0; i < count; i++)
		groups += !i || by_touches(&answers[i - 1], &answers[i]);
	member->variants = pl_arena_array(request->keep, groups, sizeof(*member->variants));
	if (!member->variants)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && !by_touches(&answers[i], &answers[end]); end++)
			;
		PL_TRY(make_variant(request, &answers[i], end - i,
				    &member->variants[member->n_variants++]));
	}
	qsort(member->variants, groups, sizeof(*member->variants), by_first_target);
	return NULL;
}
