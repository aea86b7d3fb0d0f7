/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/homes.h"

static struct pl_error *check_known(struct pl_checker *checker, const struct pl_subject *subject)
{
	const struct pl_overlay_facts *facts;
	struct pl_named named;

	if (!subject->overlay || subject->field->type_class == PL_CLASS_PADDING)
		return NULL;
	facts = pl_check_facts(checker, subject->record->name);
	if (!facts || !facts->n_homes || pl_homes_know(facts, subject->field->path) ||
	    !pl_check_applies(checker, subject))
		return NULL;
	named = pl_check_named(checker, subject);
	return pl_check_add(checker, subject, named.range,
			    "%s.%s (%s) on %s is a member that the rule pack does not know",
			    subject->record->name, pl_check_name(subject), named.type,
			    pl_check_bytes(checker, &named.range));
}

static struct pl_error *check_there(struct pl_checker *checker, const struct pl_overlay *overlay,
				    const struct pl_home *home)
{
	const char *host_field;

	if (!home->always || !pl_home_is_surely_current(checker, home) ||
	    pl_check_has(overlay->record, home->member) ||
	    !pl_check_applies_to_path(checker, overlay->record->name, home->member))
		return NULL;
	host_field = pl_home_host_field(checker, home);
	return pl_check_add_record(checker, overlay->record, home->member, host_field,
				   "%s has no %s, which the rule pack knows on %s",
				   overlay->record->name, home->member,
				   host_field ? host_field : home->word);
}

struct pl_error *pl_rule_listed(struct pl_checker *checker)
{
	const struct pl_target *target = checker->target;

	for (size_t i = 0; !checker->rule->gone && i < checker->n_subjects; i++)
		PL_TRY(check_known(checker, &checker->subjects[i]));
	for (size_t i = 0; checker->rule->gone && i < target->n_overlays; i++) {
		const struct pl_overlay *overlay = &target->overlays[i];
		const struct pl_overlay_facts *facts =
			pl_check_facts(checker, overlay->record->name);

		for (size_t j = 0; facts && j < facts->n_homes; j++)
			PL_TRY(check_there(checker, overlay, &facts->homes[j]));
	}
	return NULL;
}
