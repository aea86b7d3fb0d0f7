/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"

static size_t count(const struct pl_target *target, const struct pl_record *host)
{
	size_t total = host->n_fields;

	for (size_t i = 0; i < target->n_overlays; i++)
		total += target->overlays[i].n_members;
	return total;
}

struct pl_error *pl_check_subjects(struct pl_checker *checker)
{
	const struct pl_target *target = checker->target;
	const struct pl_record *host = checker->host;
	struct pl_subject *list = pl_arena_array(target->arena, count(target, host), sizeof(*list));
	size_t n = 0;

	if (!list)
		return pl_error_no_memory();
	for (size_t i = 0; i < target->n_overlays; i++) {
		const struct pl_overlay *overlay = &target->overlays[i];

		for (size_t j = 0; j < overlay->n_members; j++)
			if (overlay->members[j].field->size)
				list[n++] = (struct pl_subject){overlay, overlay->record,
								overlay->members[j].field,
								overlay->members[j].range};
	}
	for (size_t i = 0; i < host->n_fields; i++) {
		const struct pl_field *field = &host->fields[i];

		if (field->size)
			list[n++] = (struct pl_subject){
				NULL, host, field, {0, field->offset, field->size}};
	}
	checker->subjects = list;
	checker->n_subjects = n;
	return NULL;
}

/* The outermost record around the field that nobody uses a part of, or NULL. */
static const struct pl_container *whole_around(const struct pl_subject *subject)
{
	const struct pl_record *record = subject->record;
	const struct pl_container *whole = NULL;
	size_t at = subject->field->container;

	for (; at != PL_NONE; at = record->containers[at].parent) {
		enum pl_type_class type_class = record->containers[at].type_class;

		if (type_class == PL_CLASS_LOCK || type_class == PL_CLASS_ATOMIC ||
		    type_class == PL_CLASS_FLAG_WORD || type_class == PL_CLASS_PADDING)
			whole = &record->containers[at];
	}
	return whole;
}

const char *pl_check_name(const struct pl_subject *subject)
{
	const struct pl_container *whole = whole_around(subject);

	return whole ? whole->path : subject->field->path;
}

struct pl_bit_range pl_check_range(const struct pl_checker *checker,
				   const struct pl_overlay *overlay, uint64_t offset, uint64_t size)
{
	uint64_t page = offset / checker->host->size, last = overlay ? overlay->pages - 1 : 0;

	/* What lies past the end is counted from the last page. */
	page = page < last ? page : last;
	return (struct pl_bit_range){(size_t)page, offset - page * checker->host->size, size};
}

struct pl_named pl_check_named(const struct pl_checker *checker, const struct pl_subject *subject)
{
	const struct pl_container *whole = whole_around(subject);

	if (!whole)
		return (struct pl_named){subject->field->type, subject->range};
	return (struct pl_named){
		whole->type, pl_check_range(checker, subject->overlay, whole->offset, whole->size)};
}

unsigned pl_check_classes(const struct pl_subject *subject)
{
	unsigned classes = 1U << subject->field->type_class;
	size_t at = subject->field->container;

	for (; at != PL_NONE; at = subject->record->containers[at].parent)
		classes |= 1U << subject->record->containers[at].type_class;
	return classes;
}
