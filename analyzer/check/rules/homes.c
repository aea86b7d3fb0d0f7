/* SPDX-License-Identifier: MIT */
#include "check/rules/homes.h"

#include <string.h>

#include "model/extent.h"

bool pl_home_is_current(const struct pl_checker *checker, const struct pl_home *home)
{
	return pl_releases_have(&home->releases, checker->target->release, true);
}

bool pl_home_is_surely_current(const struct pl_checker *checker, const struct pl_home *home)
{
	return pl_releases_have(&home->releases, checker->target->release, false);
}

bool pl_home_is_another(const struct pl_checker *checker, const struct pl_home *home,
			const struct pl_home *other)
{
	return other != home && !strcmp(other->member, home->member) &&
	       pl_home_is_current(checker, other);
}

bool pl_home_has_another(const struct pl_checker *checker, const struct pl_overlay_facts *facts,
			 const struct pl_home *home)
{
	struct pl_bit_range word;

	for (size_t i = 0; i < facts->n_homes; i++)
		if (pl_home_is_another(checker, home, &facts->homes[i]) &&
		    pl_check_word(checker, facts->homes[i].word, &word))
			return true;
	return false;
}

bool pl_rule_is_on(const struct pl_rule *rule, const char *word)
{
	for (size_t i = 0; i < rule->n_on; i++)
		if (!strcmp(rule->on[i], word))
			return true;
	return false;
}

bool pl_member_extent(const struct pl_checker *checker, const struct pl_overlay *overlay,
		      const char *member, struct pl_bit_range *ret)
{
	uint64_t offset, size;

	if (!pl_record_extent(overlay->record, member, &offset, &size))
		return false;
	*ret = (struct pl_bit_range){(size_t)(offset / checker->host->size),
				     offset % checker->host->size, size};
	return true;
}

bool pl_home_wanted(const struct pl_checker *checker, const struct pl_home *home,
		    struct pl_bit_range *ret)
{
	if (!pl_check_word(checker, home->word, ret))
		return false;
	ret->page = home->page;
	ret->offset += home->at;
	/* Beyond the word it is only where it begins that counts. */
	ret->size -= home->at < ret->size ? home->at : 0;
	return true;
}

const struct pl_subject *pl_home_subject(const struct pl_checker *checker,
					 const struct pl_overlay *overlay,
					 const struct pl_home *home)
{
	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		if (subject->overlay == overlay &&
		    pl_path_is_within(subject->field->path, home->member))
			return subject;
	}
	return NULL;
}

bool pl_homes_know(const struct pl_overlay_facts *facts, const char *path)
{
	for (size_t i = 0; facts && i < facts->n_homes; i++)
		if (pl_path_is_within(path, facts->homes[i].member))
			return true;
	return false;
}

const char *pl_home_host_field(const struct pl_checker *checker, const struct pl_home *home)
{
	const struct pl_field *field;
	struct pl_bit_range word, wanted;

	if (!pl_check_word(checker, home->word, &word) || !pl_home_wanted(checker, home, &wanted))
		return NULL;
	field = home->at < word.size ? pl_check_word_field(checker, home->word)
				     : pl_check_host_field(checker, &wanted);
	return field ? field->path : NULL;
}

struct pl_error *pl_check_homes(struct pl_checker *checker, pl_home_check *check)
{
	for (size_t i = 0; i < checker->target->n_overlays; i++) {
		const struct pl_overlay *overlay = &checker->target->overlays[i];
		const struct pl_overlay_facts *facts =
			pl_check_facts(checker, overlay->record->name);

		for (size_t j = 0; facts && j < facts->n_homes; j++)
			PL_TRY(check(checker, overlay, facts, &facts->homes[j]));
	}
	return NULL;
}
