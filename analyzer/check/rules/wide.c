/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

static bool is_scalar(const struct pl_field *field)
{
	switch (field->type_class) {
	case PL_CLASS_INTEGER:
	case PL_CLASS_POINTER:
	case PL_CLASS_ENUM:
	case PL_CLASS_FLOAT:
	case PL_CLASS_FLAG_WORD:
	case PL_CLASS_ATOMIC:
		return true;
	default:
		return false;
	}
}

struct pl_error *pl_rule_wide(struct pl_checker *checker)
{
	uint64_t word = pl_check_word_bits(checker->target);

	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		if (!is_scalar(subject->field) || subject->range.size <= word ||
		    !pl_check_applies(checker, subject))
			continue;
		PL_TRY(pl_check_add(checker, subject, subject->range,
				    "%s.%s (%s) is %ju bits long, and a word has %ju: %s",
				    subject->record->name, pl_check_name(subject),
				    subject->field->type, (uintmax_t)subject->range.size,
				    (uintmax_t)word, checker->rule->info.title));
	}
	return NULL;
}
