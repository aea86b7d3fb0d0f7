/* SPDX-License-Identifier: MIT */
/* What a byte of the host is called. */
#include <string.h>

#include "usage/answer_internal.h"

static const struct pl_host_range *range_at(const struct pl_target *target, size_t page,
					    uint64_t byte)
{
	for (size_t i = 0; i < target->n_byte_map; i++) {
		const struct pl_bit_range *range = &target->byte_map[i].range;

		if (range->page == page && range->offset <= 8 * byte &&
		    8 * byte < range->offset + range->size)
			return &target->byte_map[i];
	}
	return NULL;
}

/* The path of the outermost lock, atomic or flag word around FIELD, or its own. */
static const char *path_of(const struct pl_record *record, const struct pl_field *field)
{
	const char *path = field->path;

	for (size_t at = field->container; at != PL_NONE; at = record->containers[at].parent) {
		enum pl_type_class type_class = record->containers[at].type_class;

		if (type_class == PL_CLASS_LOCK || type_class == PL_CLASS_ATOMIC ||
		    type_class == PL_CLASS_FLAG_WORD)
			path = record->containers[at].path;
	}
	return path;
}

static struct pl_error *name_all(struct pl_arena *arena, const struct pl_target *target,
				 const struct pl_host_range *range, struct pl_byte_names *ret)
{
	size_t count = range ? range->n_host_fields + range->n_users : 0;

	ret->names = pl_arena_array(arena, count, sizeof(*ret->names));
	if (!ret->names)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++) {
		const struct pl_user *user =
			i < range->n_host_fields ? NULL : &range->users[i - range->n_host_fields];
		const struct pl_record *record =
			user ? user->overlay->record : pl_target_record(target, target->host);
		const struct pl_field *field = user ? user->field : range->host_fields[i];

		ret->names[i] = pl_usage_field_name(arena, record->name, path_of(record, field));
		if (!ret->names[i])
			return pl_error_no_memory();
	}
	ret->n_names = count;
	return NULL;
}

static bool same_names(const struct pl_byte_names *a, const struct pl_byte_names *b)
{
	if (a->n_names != b->n_names)
		return false;
	for (size_t i = 0; i < a->n_names; i++)
		if (strcmp(a->names[i], b->names[i]) != 0)
			return false;
	return true;
}

/* Adds NAMES, of TARGET, to those of other targets that say the same. */
static struct pl_error *add(struct pl_arena *arena, struct pl_answers *answers,
			    struct pl_byte_names names, size_t target)
{
	size_t at = 0;

	while (at < answers->n_bytes && !same_names(&answers->bytes[at], &names))
		at++;
	if (at == answers->n_bytes) {
		names.targets = pl_arena_array(arena, answers->n_asked, sizeof(*names.targets));
		if (!names.targets)
			return pl_error_no_memory();
		answers->bytes[answers->n_bytes++] = names;
	}
	answers->bytes[at].targets[answers->bytes[at].n_targets++] = target;
	return NULL;
}

struct pl_error *pl_usage_bytes(const struct pl_report *report, struct pl_answers *answers)
{
	const struct pl_question *question = answers->question;

	answers->bytes = pl_arena_array(report->arena, answers->n_asked, sizeof(*answers->bytes));
	if (!answers->bytes)
		return pl_error_no_memory();
	for (size_t i = 0; i < answers->n_asked; i++) {
		const struct pl_target *target = report->targets[answers->asked[i]];
		const struct pl_host_range *range =
			range_at(target, question->page, question->byte);
		struct pl_byte_names names = {0};

		PL_TRY(name_all(report->arena, target, range, &names));
		PL_TRY(add(report->arena, answers, names, answers->asked[i]));
	}
	return NULL;
}
