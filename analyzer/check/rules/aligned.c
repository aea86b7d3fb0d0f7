/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

/*
 * A host that is aligned so says that the architecture needs it; so does a
 * member that is as long as the alignment. Where the source does not state an
 * alignment, hosts of another size than a multiple, one after the other, have none.
 */
static struct pl_error *check(struct pl_checker *checker, const struct pl_subject *subject,
			      uint64_t wanted)
{
	const struct pl_record *host = checker->host;
	bool whole = subject->range.size == wanted;

	if (subject->range.offset % wanted && (host->align >= wanted || whole))
		return pl_check_add(checker, subject, subject->range,
				    "%s.%s is at byte %ju, which is not a multiple of %ju: %s",
				    subject->record->name, pl_check_name(subject),
				    (uintmax_t)subject->range.offset / 8, (uintmax_t)wanted / 8,
				    checker->rule->info.title);
	if (whole && host->align && host->align < wanted)
		return pl_check_add(
			checker, subject, subject->range,
			"%s.%s needs %ju bytes of alignment, and %s is aligned to %ju: %s",
			subject->record->name, pl_check_name(subject), (uintmax_t)wanted / 8,
			host->name, (uintmax_t)host->align / 8, checker->rule->info.title);
	if (whole && !host->align && host->size % wanted)
		return pl_check_add(
			checker, subject, subject->range,
			"%s.%s needs %ju bytes of alignment, and of %s, with %ju bytes, not "
			"every one has it: %s",
			subject->record->name, pl_check_name(subject), (uintmax_t)wanted / 8,
			host->name, (uintmax_t)host->size / 8, checker->rule->info.title);
	return NULL;
}

struct pl_error *pl_rule_aligned(struct pl_checker *checker)
{
	uint64_t wanted = checker->rule->words * pl_check_word_bits(checker->target);

	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		if (subject->overlay && subject->field->type_class != PL_CLASS_PADDING &&
		    pl_check_applies(checker, subject))
			PL_TRY(check(checker, subject, wanted));
	}
	return NULL;
}
