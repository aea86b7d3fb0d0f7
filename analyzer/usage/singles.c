/* SPDX-License-Identifier: MIT */
/* Fields that the code of one architecture only uses. */
#include <stdlib.h>
#include <string.h>

#include "usage/answer_internal.h"

/* A use of a field on one architecture, on however many of its targets. */
struct entry {
	const char *name, *arch;
	uint64_t rank;
};

static int compare_names(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int result = strcmp(a->name, b->name);

	return result ? result : strcmp(a->arch, b->arch);
}

static int compare_places(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int result = strcmp(a->arch, b->arch);

	if (!result && a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return result ? result : strcmp(a->name, b->name);
}

static bool has_several(const struct pl_report *report, const struct pl_answers *answers)
{
	for (size_t i = 1; i < answers->n_asked; i++)
		if (strcmp(pl_usage_arch(report->targets[answers->asked[0]]),
			   pl_usage_arch(report->targets[answers->asked[i]])) != 0)
			return true;
	return false;
}

/* Whether a target of USE before number INDEX has its architecture. */
static bool was_counted(const struct pl_report *report, const struct pl_use *use, size_t index)
{
	const char *arch = pl_usage_arch(report->targets[use->targets[index]]);

	for (size_t i = 0; i < index; i++)
		if (!strcmp(pl_usage_arch(report->targets[use->targets[i]]), arch))
			return true;
	return false;
}

static struct pl_error *list_all(const struct pl_report *report, const struct pl_uses *uses,
				 struct entry **ret, size_t *count)
{
	size_t most = 0, n = 0;
	struct entry *list;

	for (size_t i = 0; i < uses->count; i++)
		most += uses->list[i].n_targets;
	list = pl_arena_array(report->arena, most, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	for (size_t i = 0; i < uses->count; i++) {
		const struct pl_use *use = &uses->list[i];
		const char *name =
			pl_usage_field_name(report->arena, use->access->record, use->access->field);
		uint64_t rank = pl_usage_rank(report, use);

		if (!name)
			return pl_error_no_memory();
		for (size_t j = 0; j < use->n_targets; j++) {
			if (was_counted(report, use, j))
				continue;
			list[n++] = (struct entry){
				name, pl_usage_arch(report->targets[use->targets[j]]), rank};
		}
	}
	*ret = list;
	*count = n;
	return NULL;
}

/* Keeps of LIST, sorted by name, what has one architecture only. */
static size_t keep_singles(struct entry *list, size_t count)
{
	size_t kept = 0, from = 0;

	for (size_t i = 1; i <= count; i++) {
		if (i < count && !strcmp(list[i].name, list[from].name))
			continue;
		if (!strcmp(list[from].arch, list[i - 1].arch)) {
			memmove(list + kept, list + from, (i - from) * sizeof(*list));
			kept += i - from;
		}
		from = i;
	}
	return kept;
}

struct pl_error *pl_usage_singles(const struct pl_report *report, const struct pl_uses *uses,
				  struct pl_answers *answers)
{
	struct entry *list = NULL;
	size_t count = 0;

	if (!has_several(report, answers))
		return NULL;
	PL_TRY(list_all(report, uses, &list, &count));
	if (count)
		qsort(list, count, sizeof(*list), compare_names);
	count = keep_singles(list, count);
	if (count)
		qsort(list, count, sizeof(*list), compare_places);
	answers->singles = pl_arena_array(report->arena, count, sizeof(*answers->singles));
	if (!answers->singles)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++) {
		struct pl_single_use *last = answers->singles + answers->n_singles;

		if (i && !strcmp(list[i].name, list[i - 1].name))
			last[-1].uses++;
		else
			answers->singles[answers->n_singles++] =
				(struct pl_single_use){list[i].name, list[i].arch, 1};
	}
	return NULL;
}
