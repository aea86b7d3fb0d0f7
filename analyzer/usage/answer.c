/* SPDX-License-Identifier: MIT */
#include "usage/answer.h"

#include <string.h>

#include "model/extent.h"
#include "usage/answer_internal.h"

const char *pl_usage_field_name(struct pl_arena *arena, const char *record, const char *field)
{
	return field ? pl_arena_printf(arena, "%s.%s", record, field)
		     : pl_arena_strdup(arena, record);
}

const char *pl_usage_directory(struct pl_arena *arena, const char *file)
{
	const char *slash = file ? strrchr(file, '/') : NULL;

	return slash ? pl_arena_strndup(arena, file, (size_t)(slash - file)) : ".";
}

const char *pl_usage_arch(const struct pl_target *target)
{
	return target->arch ? target->arch : target->name;
}

/* 0 is the host, then the overlays in their order; what is not mapped is last. */
static uint64_t rank_of_record(const struct pl_target *target, const char *record)
{
	if (!strcmp(record, target->host))
		return 0;
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(record, target->overlays[i].record->name))
			return i + 1;
	return UINT16_MAX;
}

/* Bits of a rank: 16 for the record, 48 for where the field is in it. */
static uint64_t rank_on(const struct pl_target *target, const struct pl_access *access)
{
	const struct pl_record *record = pl_target_record(target, access->record);
	uint64_t rank = rank_of_record(target, access->record), offset = 0, size;
	const uint64_t most = (UINT64_C(1) << 48) - 1;

	if (rank == UINT16_MAX ||
	    (access->field && !pl_record_extent(record, access->field, &offset, &size)))
		offset = most;
	return rank << 48 | (offset < most ? offset : most);
}

uint64_t pl_usage_rank(const struct pl_report *report, const struct pl_use *use)
{
	uint64_t best = UINT64_MAX;

	/* All targets are asked, so that one name has one rank, whoever uses it. */
	for (size_t i = 0; i < report->n_targets; i++) {
		uint64_t rank = rank_on(report->targets[i], use->access);

		best = rank < best ? rank : best;
	}
	return best;
}

static struct pl_error *note_asked(const struct pl_report *report, struct pl_answers *answers)
{
	answers->asked = pl_arena_array(report->arena, report->n_targets, sizeof(size_t));
	if (!answers->asked)
		return pl_error_no_memory();
	for (size_t i = 0; i < report->n_targets; i++)
		if (report->targets[i]->usage)
			answers->asked[answers->n_asked++] = i;
	return NULL;
}

struct pl_error *pl_usage_answer(const struct pl_question *question, struct pl_report *report)
{
	struct pl_answers *answers = pl_arena_alloc(report->arena, sizeof(*answers));
	struct pl_uses uses = {0};

	if (!answers)
		return pl_error_no_memory();
	answers->question = question;
	PL_TRY(note_asked(report, answers));
	PL_TRY(pl_usage_collect(question, report, &uses));
	PL_TRY(pl_usage_group(report, &uses, answers));
	if (question->show & 1U << PL_SHOW_NAMES)
		PL_TRY(pl_usage_names(report, &uses, answers));
	if (question->show & 1U << PL_SHOW_SINGLE)
		PL_TRY(pl_usage_singles(report, &uses, answers));
	if (question->of_byte)
		PL_TRY(pl_usage_bytes(report, answers));
	report->answers = answers;
	return NULL;
}
