/* SPDX-License-Identifier: MIT */
/* Words of the host that only their owners may change. */
#include <fnmatch.h>
#include <string.h>

#include "check/rules/check_internal.h"

static bool fits(const char *const *globs, size_t count, const char *text)
{
	for (size_t i = 0; text && i < count; i++)
		if (!fnmatch(globs[i], text, 0))
			return true;
	return false;
}

/* Whether ACCESS may change what is in WORD of the first host, from outside of its owners. */
static bool offends(const struct pl_checker *checker, const struct pl_access *access,
		    const struct pl_bit_range *word)
{
	const struct pl_rule *rule = checker->rule;
	struct pl_bit_range range;

	if (!access->field || !pl_access_may_write(access->kind) ||
	    fits(rule->owners, rule->n_owners, access->spot.place.file) ||
	    fits(rule->harmless, rule->n_harmless, access->callee) ||
	    !pl_target_access_range(checker->target, access, &range))
		return false;
	return range.page == 0 && range.offset < word->offset + word->size &&
	       word->offset < range.offset + range.size &&
	       pl_check_applies_to_path(checker, access->record, access->field);
}

static bool same_member(const struct pl_access *a, const struct pl_access *b)
{
	return !strcmp(a->record, b->record) &&
	       !strncmp(a->field, b->field, strcspn(a->field, ".[")) &&
	       strcspn(a->field, ".[") == strcspn(b->field, ".[");
}

/* All that offends through the member of FIRST, which is the first that does. */
static struct pl_error *report(struct pl_checker *checker, const struct pl_access *first,
			       const struct pl_bit_range *word)
{
	const struct pl_usage *usage = checker->target->usage;
	const struct pl_record *record = pl_target_record(checker->target, first->record);
	const char *member = pl_check_outermost(checker, first->field);
	const struct pl_field *field = pl_check_host_field(checker, word);
	const struct pl_trail_about about = {
		record, member, field && record != checker->host ? field->path : NULL, *word};
	struct pl_trail trail = {0};

	if (!member)
		return pl_error_no_memory();
	for (size_t i = 0; i < usage->n_accesses; i++)
		if (offends(checker, &usage->accesses[i], word) &&
		    same_member(first, &usage->accesses[i]))
			PL_TRY(pl_trail_add(checker, &usage->accesses[i], &trail));
	return pl_check_add_trail(checker, &about, &trail,
				  "%s.%s on %s is changed by code that does not own it",
				  record->name, member, pl_check_bytes(checker, word));
}

static struct pl_error *check_word(struct pl_checker *checker, const struct pl_bit_range *word)
{
	const struct pl_usage *usage = checker->target->usage;

	for (size_t i = 0; i < usage->n_accesses; i++) {
		const struct pl_access *access = &usage->accesses[i];
		bool told = false;

		if (!offends(checker, access, word))
			continue;
		for (size_t j = 0; j < i && !told; j++)
			told = offends(checker, &usage->accesses[j], word) &&
			       same_member(access, &usage->accesses[j]);
		if (!told)
			PL_TRY(report(checker, access, word));
	}
	return NULL;
}

struct pl_error *pl_rule_owned(struct pl_checker *checker)
{
	for (size_t i = 0; checker->target->usage && i < checker->rule->n_on; i++) {
		struct pl_bit_range word;

		if (pl_check_word(checker, checker->rule->on[i], &word))
			PL_TRY(check_word(checker, &word));
	}
	return NULL;
}
