/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/homes.h"

static uint64_t wanted_size(const struct pl_checker *checker, const struct pl_home *home)
{
	return home->words ? home->words * pl_check_word_bits(checker->target) : home->bits;
}

/* The record that HOME is about, or NULL: it is about a field. */
static const struct pl_container *container_of(const struct pl_record *record,
					       const struct pl_home *home)
{
	for (size_t i = 0; i < record->n_containers; i++)
		if (!strcmp(record->containers[i].path, home->member))
			return &record->containers[i];
	return NULL;
}

static const char *class_names(const struct pl_checker *checker, unsigned classes)
{
	const char *names = "";

	for (int i = 0; i < PL_CLASS_COUNT; i++)
		if (classes & 1U << i)
			names = pl_arena_printf(checker->target->arena, "%s%s%s", names,
						*names ? " or " : "",
						pl_type_class_name((enum pl_type_class)i));
	return names;
}

/* What the member of a home is. */
struct kind {
	const char *type;
	unsigned classes;
	uint64_t size;
};

static struct kind kind_of(const struct pl_subject *subject, const struct pl_home *home,
			   uint64_t size)
{
	const struct pl_container *container = container_of(subject->record, home);

	if (container)
		return (struct kind){container->type, 1U << container->type_class, size};
	return (struct kind){subject->field->type, 1U << subject->field->type_class, size};
}

static bool is_of_class(const struct kind *kind, const struct pl_home *home)
{
	return !home->classes || home->classes & kind->classes;
}

static bool is_of_size(const struct pl_checker *checker, const struct kind *kind,
		       const struct pl_home *home)
{
	uint64_t size = wanted_size(checker, home);

	return !size || kind->size == size;
}

/* Whether it is what another home for the member says: of some other release that this may be. */
static bool is_fine_elsewhere(const struct pl_checker *checker,
			      const struct pl_overlay_facts *facts, const struct pl_home *home,
			      const struct kind *kind)
{
	for (size_t i = 0; i < facts->n_homes; i++) {
		const struct pl_home *other = &facts->homes[i];

		if (pl_home_is_another(checker, home, other) && is_of_class(kind, other) &&
		    is_of_size(checker, kind, other))
			return true;
	}
	return false;
}

static struct pl_error *add(const struct pl_checker *checker, const struct pl_about *about,
			    const struct pl_home *home, const struct kind *kind)
{
	const char *overlay = about->subject->record->name;

	if (!is_of_class(kind, home))
		return pl_check_add_about(
			checker, about, "%s.%s is of class %s (%s), not %s as this release has it",
			overlay, home->member, class_names(checker, kind->classes), kind->type,
			class_names(checker, home->classes));
	return pl_check_add_about(
		checker, about, "%s.%s is %ju bits long, not %ju as this release has it", overlay,
		home->member, (uintmax_t)kind->size, (uintmax_t)wanted_size(checker, home));
}

static struct pl_error *check_home(struct pl_checker *checker, const struct pl_overlay *overlay,
				   const struct pl_overlay_facts *facts, const struct pl_home *home)
{
	struct pl_about about = {.subject = pl_home_subject(checker, overlay, home),
				 .member = home->member};
	struct kind kind;

	if (!about.subject || !pl_home_is_current(checker, home) ||
	    !pl_member_extent(checker, overlay, home->member, &about.range) ||
	    !pl_check_applies(checker, about.subject))
		return NULL;
	about.host_field = pl_check_host_field(checker, &about.range);
	kind = kind_of(about.subject, home, about.range.size);
	if ((is_of_class(&kind, home) && is_of_size(checker, &kind, home)) ||
	    is_fine_elsewhere(checker, facts, home, &kind))
		return NULL;
	return add(checker, &about, home, &kind);
}

struct pl_error *pl_rule_type(struct pl_checker *checker)
{
	return pl_check_homes(checker, check_home);
}
