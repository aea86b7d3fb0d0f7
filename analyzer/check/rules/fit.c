/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

/* What is of the class: a record around the field, or the field itself. */
struct member {
	const char *path, *type;
	uint64_t offset, size;
};

/* Of the unions that FIELD is in, the innermost one that is not inside of MEMBER. */
static const struct pl_branch *union_around(const struct pl_record *record,
					    const struct pl_field *field,
					    const struct member *member)
{
	for (size_t i = field->n_branches; i-- > 0;)
		if (!pl_path_is_within(record->unions[field->branches[i].union_index].path,
				       member->path))
			return &field->branches[i];
	return NULL;
}

/* Where the longest of the other alternatives ends; 0 if nothing is in any. */
static uint64_t end_of_others(const struct pl_record *record, const struct pl_branch *branch)
{
	uint64_t end = 0;

	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		for (size_t j = 0; j < field->n_branches; j++)
			if (field->branches[j].union_index == branch->union_index &&
			    field->branches[j].alternative != branch->alternative && field->size &&
			    field->offset + field->size > end)
				end = field->offset + field->size;
	}
	return end;
}

/* The size that MEMBER, which SUBJECT is in, may have; UINT64_MAX: any, since it is alone. */
static uint64_t room_for(const struct pl_checker *checker, const struct pl_subject *subject,
			 const struct member *member)
{
	const struct pl_branch *branch;
	uint64_t end;

	if (!checker->rule->in_union)
		return checker->rule->words * pl_check_word_bits(checker->target);
	branch = union_around(subject->record, subject->field, member);
	end = branch ? end_of_others(subject->record, branch) : 0;
	if (!end)
		return UINT64_MAX;
	return end > member->offset ? end - member->offset : 0;
}

static struct pl_error *check_member(struct pl_checker *checker, const struct pl_subject *subject,
				     const struct member *member)
{
	uint64_t room = room_for(checker, subject, member);
	struct pl_about about = {.subject = subject, .member = member->path};

	if (member->size <= room || !pl_check_applies(checker, subject))
		return NULL;
	about.range = pl_check_range(checker, subject->overlay, member->offset, member->size);
	about.host_field = pl_check_host_field(checker, &about.range);
	return pl_check_add_about(
		checker, &about, "%s.%s (%s) is %ju bytes long where there is room for %ju: %s",
		subject->record->name, member->path, member->type, (uintmax_t)member->size / 8,
		(uintmax_t)room / 8, checker->rule->info.title);
}

static struct member of_container(const struct pl_container *its)
{
	return (struct member){its->path, its->type, its->offset, its->size};
}

/* The outermost member of such a class that the field of SUBJECT is in; false if there is none. */
static bool find_member(const struct pl_checker *checker, const struct pl_subject *subject,
			struct member *ret)
{
	const struct pl_field *field = subject->field;
	bool found = checker->rule->classes & 1U << field->type_class;

	*ret = (struct member){field->path, field->type, field->offset, field->size};
	for (size_t at = field->container; at != PL_NONE;) {
		const struct pl_container *container = &subject->record->containers[at];

		if (checker->rule->classes & 1U << container->type_class) {
			*ret = of_container(container);
			found = true;
		}
		at = container->parent;
	}
	return found;
}

struct pl_error *pl_rule_fit(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->n_subjects; i++) {
		struct member member;

		if (find_member(checker, &checker->subjects[i], &member))
			PL_TRY(check_member(checker, &checker->subjects[i], &member));
	}
	return NULL;
}
