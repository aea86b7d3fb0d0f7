/* SPDX-License-Identifier: MIT */
/* Code of one subject that reaches the same bits as an overlay's and as the host's. */
#include <stdlib.h>

#include "check/rules/alias_uses.h"
#include "check/rules/by_member.h"

/* A member of an overlay, and a host field on the same bits. */
struct pair {
	const struct pl_access *ours, *hosts;
};

/* Those that were told. */
struct pairs {
	struct pair *list;
	size_t count, capacity;
};

struct alias {
	struct pl_checker *checker;
	struct pl_alias_uses uses;
	struct pairs told;
};

/* Whether USE, by one name of PAIR, meets one by the other name in its subject. */
static struct pl_error *meets(struct alias *a, const struct pair *pair,
			      const struct pl_alias_use *use, bool *ret)
{
	bool ours = pl_same_member(pair->ours, use->first);
	struct pl_bit_range range;

	*ret = false;
	PL_TRY(pl_check_look(a->checker));
	if (!ours && !pl_same_member(pair->hosts, use->first))
		return NULL;
	for (size_t i = a->uses.subjects[use->subject];
	     i < a->uses.subjects[use->subject + 1] && !*ret; i++) {
		const struct pl_alias_use *other = &a->uses.list[i];

		PL_TRY(pl_check_look(a->checker));
		*ret = pl_same_member(ours ? pair->hosts : pair->ours, other->first) &&
		       pl_alias_overlap(use, other, &range);
	}
	return NULL;
}

/* All that code does with either of PAIR where the other is not far. */
static struct pl_error *find_trail(struct alias *a, const struct pair *pair, struct pl_trail *trail)
{
	bool met;

	for (size_t i = 0; i < a->uses.count; i++) {
		const struct pl_alias_use *use = &a->uses.list[i];

		PL_TRY(meets(a, pair, use, &met));
		for (size_t k = use->begin; met && k < use->end; k++)
			PL_TRY(pl_trail_add(a->checker, a->uses.accesses[k], trail));
	}
	return NULL;
}

/* The bits of the members of PAIR as a whole, whatever part of them code is about. */
static struct pl_bit_range range_of(const struct alias *a, const struct pair *pair,
				    const struct pl_trail_about *about)
{
	struct pl_access ours = *pair->ours, hosts = *pair->hosts;
	struct pl_alias_use left = {0}, right = {0};
	struct pl_bit_range range = {0};

	ours.field = about->member;
	hosts.field = about->host_field;
	left.placed = pl_target_access_range(a->checker->target, &ours, &left.range);
	right.placed = pl_target_access_range(a->checker->target, &hosts, &right.range);
	pl_alias_overlap(&left, &right, &range);
	return range;
}

static struct pl_error *report(struct alias *a, const struct pair *pair)
{
	struct pl_checker *checker = a->checker;
	struct pl_trail_about about = {
		.record = pl_target_record(checker->target, pair->ours->record),
		.member = pl_check_outermost(checker, pair->ours->field),
		.host_field = pl_check_outermost(checker, pair->hosts->field),
	};
	struct pl_trail trail = {0};

	if (!about.member || !about.host_field)
		return pl_error_no_memory();
	about.range = range_of(a, pair, &about);
	PL_TRY(find_trail(a, pair, &trail));
	return pl_check_add_trail(
		checker, &about, &trail,
		"%s.%s and %s.%s are the same %s, and one subsystem uses both names",
		about.record->name, about.member, checker->host->name, about.host_field,
		pl_check_bytes(checker, &about.range));
}

static struct pl_error *find_told(struct alias *a, const struct pair *pair, bool *ret)
{
	*ret = false;
	for (size_t i = 0; i < a->told.count && !*ret; i++) {
		PL_TRY(pl_check_look(a->checker));
		*ret = pl_same_member(a->told.list[i].ours, pair->ours) &&
		       pl_same_member(a->told.list[i].hosts, pair->hosts);
	}
	return NULL;
}

static struct pl_error *tell(struct alias *a, const struct pair *pair)
{
	struct pairs *told = &a->told;
	struct pair *list;
	bool is_told;

	PL_TRY(find_told(a, pair, &is_told));
	if (is_told)
		return NULL;
	list = pl_arena_grow(a->checker->target->arena, told->list, told->count, &told->capacity,
			     sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	told->list = list;
	list[told->count++] = *pair;
	return report(a, pair);
}

static struct pl_error *check_use(struct alias *a, const struct pl_alias_use *ours)
{
	for (size_t i = a->uses.subjects[ours->subject]; i < a->uses.subjects[ours->subject + 1];
	     i++) {
		const struct pl_alias_use *hosts = &a->uses.list[i];
		const struct pair pair = {ours->first, hosts->first};
		struct pl_bit_range range;

		PL_TRY(pl_check_look(a->checker));
		if (hosts->hosts && pl_alias_overlap(ours, hosts, &range))
			PL_TRY(tell(a, &pair));
	}
	return NULL;
}

static int in_order_of_accesses(const void *left, const void *right)
{
	const struct pl_alias_use *const *a = left, *const *b = right;

	return ((*a)->at > (*b)->at) - ((*a)->at < (*b)->at);
}

/* Of the code that comes first, first. */
static struct pl_error *check_all(struct alias *a, struct pl_arena *scratch)
{
	const struct pl_alias_use **ours =
		pl_arena_array(scratch, a->uses.count, sizeof(struct pl_alias_use *));
	size_t count = 0;

	if (!ours)
		return pl_error_no_memory();
	for (size_t i = 0; i < a->uses.count; i++)
		if (a->uses.list[i].ours)
			ours[count++] = &a->uses.list[i];
	qsort(ours, count, sizeof(struct pl_alias_use *), in_order_of_accesses);
	for (size_t i = 0; i < count; i++)
		PL_TRY(check_use(a, ours[i]));
	return NULL;
}

struct pl_error *pl_rule_alias(struct pl_checker *checker)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = NULL;
	struct alias a = {.checker = checker};

	if (!checker->target->usage)
		return NULL;
	scratch = pl_arena_new();
	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(pl_alias_uses(checker, scratch, &a.uses));
	return check_all(&a, scratch);
}
