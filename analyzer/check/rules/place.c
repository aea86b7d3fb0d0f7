/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/homes.h"
#include "model/extent.h"

/* Whether an assertion of this very source says where the member is, and holds. */
static bool is_pinned(const struct pl_subject *subject)
{
	for (size_t i = 0; i < subject->overlay->n_members; i++)
		if (subject->overlay->members[i].field == subject->field)
			return subject->overlay->members[i].pinned;
	return false;
}

static bool is_at(const struct pl_bit_range *is, const struct pl_bit_range *wanted)
{
	return is->page == wanted->page && is->offset == wanted->offset;
}

static struct pl_error *misplaced(const struct pl_checker *checker,
				  const struct pl_subject *subject, const char *member,
				  struct pl_bit_range is, struct pl_bit_range wanted,
				  const char *host_field)
{
	const struct pl_about about = {subject, member, is, pl_check_host_field(checker, &is)};

	wanted.size = is.size;
	return pl_check_add_about(checker, &about, "%s.%s is on %s, and belongs on %s, where %s is",
				  subject->record->name, member, pl_check_bytes(checker, &is),
				  pl_check_bytes(checker, &wanted), host_field);
}

/* Whether the pack has another home for this member, at which it is. */
static bool is_home_elsewhere(const struct pl_checker *checker,
			      const struct pl_overlay_facts *facts, const struct pl_home *home,
			      const struct pl_bit_range *is)
{
	struct pl_bit_range wanted;

	for (size_t i = 0; i < facts->n_homes; i++) {
		const struct pl_home *other = &facts->homes[i];

		if (pl_home_is_another(checker, home, other) &&
		    pl_home_wanted(checker, other, &wanted) && is_at(is, &wanted))
			return true;
	}
	return false;
}

static struct pl_error *check_home(struct pl_checker *checker, const struct pl_overlay *overlay,
				   const struct pl_overlay_facts *facts, const struct pl_home *home)
{
	const struct pl_subject *subject = pl_home_subject(checker, overlay, home);
	struct pl_bit_range is, wanted;
	const char *host_field;

	if (!subject || home->twin != checker->rule->twins || !pl_home_is_current(checker, home) ||
	    subject->field->type_class == PL_CLASS_PADDING || is_pinned(subject) ||
	    !pl_member_extent(checker, overlay, home->member, &is) ||
	    !pl_home_wanted(checker, home, &wanted) || is_at(&is, &wanted) ||
	    !pl_check_applies(checker, subject) || is_home_elsewhere(checker, facts, home, &is))
		return NULL;
	host_field = pl_home_host_field(checker, home);
	return misplaced(checker, subject, home->member, is, wanted,
			 host_field ? host_field : home->word);
}

/* A member that is called like a field of the host is that field. */
static struct pl_error *check_name(struct pl_checker *checker, const struct pl_subject *subject)
{
	const struct pl_overlay_facts *facts;
	const char *name = pl_check_name(subject);
	struct pl_bit_range is, wanted;

	if (!subject->overlay || subject->field->type_class == PL_CLASS_PADDING ||
	    is_pinned(subject) || !pl_check_applies(checker, subject))
		return NULL;
	facts = pl_check_facts(checker, subject->record->name);
	is = pl_check_named(checker, subject).range;
	wanted.page = is.page;
	if (pl_homes_know(facts, subject->field->path) ||
	    !pl_record_extent(checker->host, name, &wanted.offset, &wanted.size) ||
	    is_at(&is, &wanted))
		return NULL;
	return misplaced(checker, subject, name, is, wanted, name);
}

/* "6.12.117" and "6.12.9" are one release here: that of what may differ. */
static bool same_release(const char *a, const char *b)
{
	unsigned major, minor, other_major, other_minor;

	return a && b && pl_release_take(&a, &major, &minor) &&
	       pl_release_take(&b, &other_major, &other_minor) && major == other_major &&
	       minor == other_minor;
}

/* What the source of another target of this release asserts holds here, too. */
static struct pl_error *check_pin(struct pl_checker *checker, const struct pl_pin *pin)
{
	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];
		struct pl_bit_range is, wanted = {.page = pin->page};

		if (!subject->overlay || strcmp(subject->record->name, pin->overlay) ||
		    !pl_path_is_within(subject->field->path, pin->member))
			continue;
		if (is_pinned(subject) || !pl_check_applies(checker, subject) ||
		    !pl_record_extent(checker->host, pin->host_field, &wanted.offset,
				      &wanted.size) ||
		    !pl_member_extent(checker, subject->overlay, pin->member, &is) ||
		    is_at(&is, &wanted))
			return NULL;
		return misplaced(checker, subject, pin->member, is, wanted, pin->host_field);
	}
	return NULL;
}

static struct pl_error *check_pins(struct pl_checker *checker, const struct pl_target *other)
{
	if (other == checker->target || !same_release(other->release, checker->target->release))
		return NULL;
	for (size_t i = 0; i < other->n_pins; i++) {
		const struct pl_pin *pin = &other->pins[i];

		if (pin->kind == PL_PIN_OFFSET && pin->holds && pin->overlay && pin->member &&
		    pin->host_field)
			PL_TRY(check_pin(checker, pin));
	}
	return NULL;
}

struct pl_error *pl_rule_place(struct pl_checker *checker)
{
	PL_TRY(pl_check_homes(checker, check_home));
	for (size_t i = 0; checker->rule->names && i < checker->n_subjects; i++)
		PL_TRY(check_name(checker, &checker->subjects[i]));
	for (size_t i = 0; checker->rule->twins && i < checker->report->n_targets; i++)
		PL_TRY(check_pins(checker, checker->report->targets[i]));
	return NULL;
}
