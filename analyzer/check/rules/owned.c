/* SPDX-License-Identifier: MIT */
/* Words of the host that only their owners may change. */
#include <stdlib.h>

#include "check/rules/by_member.h"
#include "support/glob.h"
#include "support/order.h"

/* Whether ACCESS may change what is in WORD of the first host, from outside of its owners. */
static bool offends(const struct pl_checker *checker, const struct pl_access *access,
		    const struct pl_bit_range *word)
{
	const char *file = access->spot.place.file, *callee = access->callee;
	const struct pl_rule *rule = checker->rule;
	struct pl_bit_range range;

	if (!access->field || !pl_access_may_write(access->kind) ||
	    (file && pl_glob_any(rule->owners, rule->n_owners, file)) ||
	    (callee && pl_glob_any(rule->harmless, rule->n_harmless, callee)) ||
	    !pl_target_access_range(checker->target, access, &range))
		return false;
	return range.page == 0 && range.offset < word->offset + word->size &&
	       word->offset < range.offset + range.size &&
	       pl_check_applies_to_path(checker, access->record, access->field);
}

/* ITS are all that offend through one member; FIELD is the host's of WORD, or NULL. */
static struct pl_error *report(struct pl_checker *checker, const struct pl_numbered_accesses *its,
			       const struct pl_bit_range *word, const struct pl_field *field)
{
	const struct pl_access *first = its->list[0].access;
	const struct pl_record *record = pl_target_record(checker->target, first->record);
	const char *member = pl_check_outermost(checker, first->field);
	const struct pl_trail_about about = {
		record, member, field && record != checker->host ? field->path : NULL, *word};
	struct pl_trail trail = {0};

	if (!member)
		return pl_error_no_memory();
	for (size_t i = 0; i < its->count; i++)
		PL_TRY(pl_trail_add(checker, its->list[i].access, &trail));
	return pl_check_add_trail(checker, &about, &trail,
				  "%s.%s on %s is changed by code that does not own it",
				  record->name, member, pl_check_bytes(checker, word));
}

static void find_offences(const struct pl_checker *checker, const struct pl_bit_range *word,
			  struct pl_numbered_accesses *ret)
{
	const struct pl_usage *usage = checker->target->usage;

	ret->count = 0;
	for (size_t i = 0; i < usage->n_accesses; i++)
		if (offends(checker, &usage->accesses[i], word))
			ret->list[ret->count++] =
				(struct pl_numbered_access){&usage->accesses[i], i};
	pl_sort_by_member(ret);
}

/* Takes OFFENCES, which are sorted, apart into GROUPS, one per member; how many there are. */
static size_t group(const struct pl_numbered_accesses *offences,
		    struct pl_numbered_accesses *groups)
{
	size_t count = 0;

	for (size_t i = 0; i < offences->count; i++) {
		struct pl_numbered_access *each = &offences->list[i];

		if (!i || !pl_same_member(each[-1].access, each->access))
			groups[count++] = (struct pl_numbered_accesses){each, 0};
		groups[count - 1].count++;
	}
	return count;
}

static int by_first(const void *left, const void *right)
{
	const struct pl_numbered_accesses *a = left, *b = right;

	return pl_order_numbers(a->list->at, b->list->at);
}

/* In the order of the code, with OFFENCES and GROUPS as room for all accesses. */
static struct pl_error *check_word(struct pl_checker *checker, const char *name,
				   struct pl_numbered_accesses *offences,
				   struct pl_numbered_accesses *groups)
{
	const struct pl_field *field = pl_check_word_field(checker, name);
	struct pl_bit_range word;
	size_t count;

	if (!pl_check_word(checker, name, &word))
		return NULL;
	find_offences(checker, &word, offences);
	count = group(offences, groups);
	if (count)
		qsort(groups, count, sizeof(*groups), by_first);
	for (size_t i = 0; i < count; i++)
		PL_TRY(report(checker, &groups[i], &word, field));
	return NULL;
}

struct pl_error *pl_rule_owned(struct pl_checker *checker)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = NULL;
	const struct pl_usage *usage = checker->target->usage;
	struct pl_numbered_accesses offences = {0}, *groups;

	if (!usage)
		return NULL;
	scratch = pl_arena_new();
	if (!scratch)
		return pl_error_no_memory();
	offences.list = pl_arena_array(scratch, usage->n_accesses, sizeof(*offences.list));
	groups = pl_arena_array(scratch, usage->n_accesses, sizeof(*groups));
	if (!offences.list || !groups)
		return pl_error_no_memory();
	for (size_t i = 0; i < checker->rule->n_on; i++)
		PL_TRY(check_word(checker, checker->rule->on[i], &offences, groups));
	return NULL;
}
