/* SPDX-License-Identifier: MIT */
/* Members of one union that code all uses: something has to keep them apart. */
#include <string.h>

#include "check/rules/check_internal.h"
#include "support/strbuf.h"

/* Members that share bits are in different alternatives of some union: nothing else overlaps. */
static bool overlap(const struct pl_field *a, const struct pl_field *b)
{
	return a->offset < b->offset + b->size && b->offset < a->offset + a->size;
}

static bool is_used(const struct pl_checker *checker, const struct pl_subject *subject)
{
	const struct pl_usage *usage = checker->target->usage;

	for (size_t i = 0; i < usage->n_accesses; i++)
		if (pl_access_reaches(&usage->accesses[i], subject->record->name,
				      subject->field->path))
			return true;
	return false;
}

/* Whether the rule is about SUBJECT at all: a member in use, no padding. */
static bool counts(const struct pl_checker *checker, const struct pl_subject *subject)
{
	return subject->overlay && subject->field->n_branches &&
	       subject->field->type_class != PL_CLASS_PADDING &&
	       pl_check_applies(checker, subject) && is_used(checker, subject);
}

/* What is found about one member: those before it that are live on its bytes. */
struct pair_list {
	const struct pl_subject *subject;
	const char *member;
	struct pl_strbuf others; /* "pt_index and pt_mm" */
	struct pl_trail trail;
};

static struct pl_error *add_accesses(struct pl_checker *checker, const char *member,
				     struct pair_list *pairs)
{
	const struct pl_usage *usage = checker->target->usage;

	for (size_t i = 0; i < usage->n_accesses; i++)
		if (pl_access_reaches(&usage->accesses[i], pairs->subject->record->name, member))
			PL_TRY(pl_trail_add(checker, &usage->accesses[i], &pairs->trail));
	return NULL;
}

static struct pl_error *add_other(struct pl_checker *checker, const struct pl_subject *other,
				  const char **before, struct pair_list *pairs)
{
	const char *member = pl_check_outermost(checker, other->field->path);

	if (!member)
		return pl_error_no_memory();
	if (*before && !strcmp(*before, member))
		return NULL;
	pl_strbuf_printf(&pairs->others, "%s%s", *before ? " and " : "", member);
	*before = member;
	return add_accesses(checker, member, pairs);
}

static bool is_of(const struct pl_subject *subject, const struct pair_list *pairs)
{
	return subject->overlay == pairs->subject->overlay &&
	       pl_path_is_within(subject->field->path, pairs->member);
}

/* Whether some part of the member of PAIRS, which begins at INDEX, may not be live with OTHER. */
static bool meets(const struct pl_checker *checker, const struct pair_list *pairs, size_t index,
		  const struct pl_subject *other)
{
	for (; index < checker->n_subjects && is_of(&checker->subjects[index], pairs); index++) {
		const struct pl_subject *subject = &checker->subjects[index];

		if (overlap(other->field, subject->field) && counts(checker, subject))
			return true;
	}
	return false;
}

static struct pl_error *find_pairs(struct pl_checker *checker, size_t index,
				   struct pair_list *pairs)
{
	const char *before = NULL;

	for (size_t i = 0; i < index; i++) {
		const struct pl_subject *other = &checker->subjects[i];

		if (other->overlay == pairs->subject->overlay && counts(checker, other) &&
		    meets(checker, pairs, index, other))
			PL_TRY(add_other(checker, other, &before, pairs));
	}
	return before ? add_accesses(checker, pairs->member, pairs) : NULL;
}

static struct pl_error *report(struct pl_checker *checker, struct pair_list *pairs)
{
	const struct pl_record *record = pairs->subject->record;
	struct pl_trail_about about = {record, pairs->member, NULL, {0}};
	const struct pl_field *field;
	uint64_t offset = 0, size = 0;

	if (pl_strbuf_failed(&pairs->others))
		return pl_error_no_memory();
	pl_record_extent(record, pairs->member, &offset, &size);
	about.range = pl_check_range(checker, pairs->subject->overlay, offset, size);
	field = pl_check_host_field(checker, &about.range);
	about.host_field = field ? field->path : NULL;
	return pl_check_add_trail(checker, &about, &pairs->trail,
				  "%s.%s on %s shares its bytes with %s, and all are in use",
				  record->name, pairs->member,
				  pl_check_bytes(checker, &about.range), pairs->others.text);
}

/* The member that begins with subject INDEX. */
static struct pl_error *check_member(struct pl_checker *checker, size_t index, const char *member)
{
	struct pair_list pairs = {&checker->subjects[index], member, PL_STRBUF_INIT, {0}};
	struct pl_error *error = find_pairs(checker, index, &pairs);

	if (!error && pairs.others.length)
		error = report(checker, &pairs);
	pl_strbuf_release(&pairs.others);
	return error;
}

struct pl_error *pl_rule_colive(struct pl_checker *checker)
{
	const char *member = "";
	const struct pl_overlay *overlay = NULL;

	for (size_t i = 0; checker->target->usage && i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		if (!subject->overlay || (subject->overlay == overlay &&
					  pl_path_is_within(subject->field->path, member)))
			continue;
		overlay = subject->overlay;
		member = pl_check_outermost(checker, subject->field->path);
		if (!member)
			return pl_error_no_memory();
		PL_TRY(check_member(checker, i, member));
	}
	return NULL;
}
