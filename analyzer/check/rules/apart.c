/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

/* What both have, from the start of the overlay; false if that is nothing. Padding uses nothing. */
static bool overlap(const struct pl_field *a, const struct pl_field *b, uint64_t *offset,
		    uint64_t *size)
{
	uint64_t from = a->offset > b->offset ? a->offset : b->offset;
	uint64_t a_end = a->offset + a->size, b_end = b->offset + b->size;
	uint64_t to = a_end < b_end ? a_end : b_end;

	if (from >= to || a->type_class == PL_CLASS_PADDING || b->type_class == PL_CLASS_PADDING)
		return false;
	*offset = from;
	*size = to - from;
	return true;
}

static struct pl_error *check(struct pl_checker *checker, const struct pl_subject *subject)
{
	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *other = &checker->subjects[i];
		struct pl_bit_range range;
		uint64_t offset, size;

		if (other->overlay != subject->overlay || other == subject ||
		    !(pl_check_classes(other) & checker->rule->classes) ||
		    !overlap(subject->field, other->field, &offset, &size))
			continue;
		range = pl_check_range(checker, subject->overlay, offset, size);
		return pl_check_add(checker, subject, range, "%s.%s shares %s with %s: %s",
				    subject->record->name, pl_check_name(subject),
				    pl_check_bytes(checker, &range), other->field->path,
				    checker->rule->info.title);
	}
	return NULL;
}

struct pl_error *pl_rule_apart(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		if (subject->overlay && pl_check_applies(checker, subject))
			PL_TRY(check(checker, subject));
	}
	return NULL;
}
