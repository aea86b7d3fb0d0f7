/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"

/* Assertions about an overlay may be in a file that nobody looked at. */
static bool are_pins_known(const struct pl_target *target, const struct pl_overlay *overlay)
{
	if (target->scanned)
		return true;
	for (size_t i = 0; i < target->n_pins; i++)
		if (target->pins[i].overlay && target->pins[i].kind == PL_PIN_OFFSET &&
		    !strcmp(target->pins[i].overlay, overlay->record->name))
			return true;
	return false;
}

static bool is_pinned(const struct pl_subject *subject)
{
	for (size_t i = 0; i < subject->overlay->n_members; i++)
		if (subject->overlay->members[i].field == subject->field)
			return subject->overlay->members[i].pinned;
	return false;
}

struct pl_error *pl_rule_pinned(struct pl_checker *checker)
{
	const struct pl_target *target = checker->target;

	if (!pl_target_has_pins(target))
		return NULL;
	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];
		struct pl_named named;

		if (!subject->overlay || subject->field->type_class == PL_CLASS_PADDING ||
		    is_pinned(subject) || !are_pins_known(target, subject->overlay) ||
		    !pl_check_applies(checker, subject))
			continue;
		named = pl_check_named(checker, subject);
		PL_TRY(pl_check_add(checker, subject, named.range,
				    "no assertion says that %s.%s is on %s", subject->record->name,
				    pl_check_name(subject), pl_check_bytes(checker, &named.range)));
	}
	return NULL;
}
