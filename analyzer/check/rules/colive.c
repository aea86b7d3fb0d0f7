/* SPDX-License-Identifier: MIT */
/* Members of one union that code all uses: something has to keep them apart. */
#include <string.h>

#include "check/rules/by_member.h"
#include "model/extent.h"
#include "model/reach.h"
#include "support/strbuf.h"

/* Members that share bits are in different alternatives of some union: nothing else overlaps. */
static bool overlap(const struct pl_field *a, const struct pl_field *b)
{
	return a->offset < b->offset + b->size && b->offset < a->offset + a->size;
}

/* The rule at one target. */
struct colive {
	struct pl_checker *checker;
	struct pl_numbered_accesses accesses; /* by member */
	bool *counts; /* of each subject, whether the rule is about it: one in use, no padding */
};

static void find_counting(const struct pl_reaches *reaches, const struct colive *c)
{
	const struct pl_checker *checker = c->checker;

	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		c->counts[i] =
			subject->overlay && subject->field->n_branches &&
			subject->field->type_class != PL_CLASS_PADDING &&
			pl_check_applies(checker, subject) &&
			pl_reaches_kinds(reaches, subject->record->name, subject->field->path);
	}
}

/* What is found about one member: those before it that are live on its bytes. */
struct pair_list {
	const struct pl_subject *subject;
	const char *member;
	struct pl_strbuf others; /* "pt_index and pt_mm" */
	struct pl_trail trail;
};

static struct pl_error *add_accesses(const struct colive *c, const char *member,
				     struct pair_list *pairs)
{
	struct pl_numbered_accesses its =
		pl_accesses_of(&c->accesses, pairs->subject->record->name, member);

	for (size_t i = 0; i < its.count; i++)
		PL_TRY(pl_trail_add(c->checker, its.list[i].access, &pairs->trail));
	return NULL;
}

static struct pl_error *add_other(const struct colive *c, const struct pl_subject *other,
				  const char **before, struct pair_list *pairs)
{
	const char *member;

	if (*before && pl_path_is_within(other->field->path, *before))
		return NULL;
	member = pl_check_outermost(c->checker, other->field->path);
	if (!member)
		return pl_error_no_memory();
	PL_TRY(pl_check_tell(c->checker));
	pl_strbuf_printf(&pairs->others, "%s%s", *before ? " and " : "", member);
	*before = member;
	return add_accesses(c, member, pairs);
}

static bool is_of(const struct pl_subject *subject, const struct pair_list *pairs)
{
	return subject->overlay == pairs->subject->overlay &&
	       pl_path_is_within(subject->field->path, pairs->member);
}

/* Whether some part of the member of PAIRS, which begins at INDEX, may not be live with OTHER. */
static bool meets(const struct colive *c, const struct pair_list *pairs, size_t index,
		  const struct pl_subject *other)
{
	const struct pl_checker *checker = c->checker;

	for (; index < checker->n_subjects && is_of(&checker->subjects[index], pairs); index++)
		if (c->counts[index] && overlap(other->field, checker->subjects[index].field))
			return true;
	return false;
}

static struct pl_error *find_pairs(const struct colive *c, size_t index, struct pair_list *pairs)
{
	const char *before = NULL;

	for (size_t i = 0; i < index; i++) {
		const struct pl_subject *other = &c->checker->subjects[i];

		if (other->overlay == pairs->subject->overlay && c->counts[i] &&
		    meets(c, pairs, index, other))
			PL_TRY(add_other(c, other, &before, pairs));
	}
	return before ? add_accesses(c, pairs->member, pairs) : NULL;
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
static struct pl_error *check_member(const struct colive *c, size_t index, const char *member)
{
	struct pair_list pairs = {&c->checker->subjects[index], member, PL_STRBUF_INIT, {0}};
	struct pl_error *error = find_pairs(c, index, &pairs);

	if (!error && pairs.others.length)
		error = report(c->checker, &pairs);
	pl_strbuf_release(&pairs.others);
	return error;
}

static struct pl_error *check_members(const struct colive *c)
{
	const char *member = "";
	const struct pl_overlay *overlay = NULL;

	for (size_t i = 0; i < c->checker->n_subjects; i++) {
		const struct pl_subject *subject = &c->checker->subjects[i];

		if (!subject->overlay || (subject->overlay == overlay &&
					  pl_path_is_within(subject->field->path, member)))
			continue;
		overlay = subject->overlay;
		member = pl_check_outermost(c->checker, subject->field->path);
		if (!member)
			return pl_error_no_memory();
		PL_TRY(check_member(c, i, member));
	}
	return NULL;
}

struct pl_error *pl_rule_colive(struct pl_checker *checker)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = NULL;
	struct colive c = {.checker = checker};
	struct pl_reaches reaches;

	if (!checker->target->usage)
		return NULL;
	scratch = pl_arena_new();
	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(pl_accesses_by_member(checker->target->usage, scratch, &c.accesses));
	c.counts = pl_arena_array(scratch, checker->n_subjects, sizeof(*c.counts));
	if (!c.counts)
		return pl_error_no_memory();
	PL_TRY(pl_reaches_find(checker->target->usage, scratch, &reaches));
	find_counting(&reaches, &c);
	return check_members(&c);
}
