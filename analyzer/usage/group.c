/* SPDX-License-Identifier: MIT */
/* Accesses put together by field, function, file, directory, architecture. */
#include <stdlib.h>
#include <string.h>

#include "usage/answer_internal.h"

/* A use, and what it is put together by. */
struct entry {
	struct pl_use use;
	uint64_t ranks[PL_BY_COUNT]; /* before the keys */
	const char *keys[PL_BY_COUNT];
	size_t n_keys;
};

struct grouper {
	struct pl_arena *arena;
	const struct pl_report *report;
	const struct pl_question *question;
	struct entry *entries;
	size_t n_entries, capacity;
	struct pl_use *uses; /* of the entries, in their order */
};

static const char *key_of(struct grouper *g, const struct pl_use *use, enum pl_by by)
{
	const struct pl_access *access = use->access;
	const char *file = access->spot.place.file ? access->spot.place.file : "?";

	switch (by) {
	case PL_BY_FIELD:
		return pl_usage_field_name(g->arena, access->record, access->field);
	case PL_BY_FUNCTION:
		return pl_arena_printf(g->arena, "%s: %s", file,
				       access->spot.function ? access->spot.function
							     : "at file scope");
	case PL_BY_DIRECTORY:
		return pl_usage_directory(g->arena, access->spot.place.file);
	case PL_BY_ARCH:
		return pl_usage_arch(g->report->targets[use->targets[0]]);
	default:
		return file;
	}
}

static struct pl_error *add_entry(struct grouper *g, struct pl_use use)
{
	struct entry *list =
		pl_arena_grow(g->arena, g->entries, g->n_entries, &g->capacity, sizeof(*list));
	struct entry *entry;

	if (!list)
		return pl_error_no_memory();
	g->entries = list;
	entry = &list[g->n_entries];
	*entry = (struct entry){.use = use, .n_keys = g->question->n_by};
	for (size_t i = 0; i < entry->n_keys; i++) {
		enum pl_by by = g->question->by[i];

		entry->keys[i] = key_of(g, &use, by);
		entry->ranks[i] = by == PL_BY_FIELD ? pl_usage_rank(g->report, &use) : 0;
		if (!entry->keys[i])
			return pl_error_no_memory();
	}
	g->n_entries++;
	return NULL;
}

static bool is_split(const struct pl_question *question)
{
	for (size_t i = 0; i < question->n_by; i++)
		if (question->by[i] == PL_BY_ARCH)
			return true;
	return false;
}

/* By architecture, a use is one of each that has it. */
static struct pl_error *add_by_arch(struct grouper *g, const struct pl_use *use)
{
	size_t *targets = pl_arena_array(g->arena, use->n_targets, sizeof(*targets));
	bool *done = pl_arena_array(g->arena, use->n_targets, sizeof(*done));

	if (!targets || !done)
		return pl_error_no_memory();
	for (size_t i = 0; i < use->n_targets; i++) {
		struct pl_use part = {use->access, targets, 0};
		const char *arch = pl_usage_arch(g->report->targets[use->targets[i]]);

		for (size_t j = i; j < use->n_targets; j++) {
			if (done[j] ||
			    strcmp(arch, pl_usage_arch(g->report->targets[use->targets[j]])))
				continue;
			targets[part.n_targets++] = use->targets[j];
			done[j] = true;
		}
		targets += part.n_targets;
		if (part.n_targets)
			PL_TRY(add_entry(g, part));
	}
	return NULL;
}

static int compare(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	for (size_t i = 0; i < a->n_keys; i++) {
		int result = strcmp(a->keys[i], b->keys[i]);

		if (a->ranks[i] != b->ranks[i])
			return a->ranks[i] < b->ranks[i] ? -1 : 1;
		if (result)
			return result;
	}
	return pl_access_order(a->use.access, b->use.access);
}

static bool same_group(const struct entry *a, const struct entry *b, size_t depth)
{
	return !strcmp(a->keys[depth], b->keys[depth]);
}

static struct pl_error *add_up(struct grouper *g, struct pl_use_group *group)
{
	bool *has = pl_arena_array(g->arena, g->report->n_targets, sizeof(*has));

	group->targets = pl_arena_array(g->arena, g->report->n_targets, sizeof(*group->targets));
	if (!has || !group->targets)
		return pl_error_no_memory();
	for (size_t i = 0; i < group->n_uses; i++) {
		group->counts[group->uses[i].access->kind]++;
		for (size_t j = 0; j < group->uses[i].n_targets; j++)
			has[group->uses[i].targets[j]] = true;
	}
	for (size_t i = 0; i < g->report->n_targets; i++)
		if (has[i])
			group->targets[group->n_targets++] = i;
	return NULL;
}

/* Divides the COUNT entries from FIRST on by the key at DEPTH. */
static struct pl_error *divide(struct grouper *g, size_t first, size_t count, size_t depth,
			       struct pl_use_group **ret, size_t *n_ret)
{
	const struct entry *entries = g->entries + first;
	size_t from = 0, groups = 0, made = 0;

	for (size_t i = 0; i < count; i++)
		groups += !i || !same_group(&entries[i - 1], &entries[i], depth);
	*n_ret = groups;
	*ret = pl_arena_array(g->arena, groups, sizeof(**ret));
	if (!*ret)
		return pl_error_no_memory();
	for (size_t i = 1; i <= count; i++) {
		struct pl_use_group *group = &(*ret)[made];

		if (i < count && same_group(&entries[i - 1], &entries[i], depth))
			continue;
		*group = (struct pl_use_group){.by = g->question->by[depth],
					       .key = entries[from].keys[depth],
					       .function = entries[from].use.access->spot.function,
					       .uses = g->uses + first + from,
					       .n_uses = i - from};
		PL_TRY(add_up(g, group));
		if (depth + 1 < PL_BY_COUNT && depth + 1 < g->question->n_by)
			PL_TRY(divide(g, first + from, i - from, depth + 1, &group->groups,
				      &group->n_groups));
		made++;
		from = i;
	}
	return NULL;
}

struct pl_error *pl_usage_group(const struct pl_report *report, const struct pl_uses *uses,
				struct pl_answers *answers)
{
	struct grouper g = {report->arena, report, answers->question, NULL, 0, 0, NULL};
	bool split = is_split(answers->question);

	if (!answers->question->n_by)
		return NULL;
	for (size_t i = 0; i < uses->count; i++)
		PL_TRY(split ? add_by_arch(&g, &uses->list[i]) : add_entry(&g, uses->list[i]));
	if (!g.n_entries)
		return NULL;
	qsort(g.entries, g.n_entries, sizeof(*g.entries), compare);
	g.uses = pl_arena_array(report->arena, g.n_entries, sizeof(*g.uses));
	if (!g.uses)
		return pl_error_no_memory();
	for (size_t i = 0; i < g.n_entries; i++)
		g.uses[i] = g.entries[i].use;
	return divide(&g, 0, g.n_entries, 0, &answers->groups, &answers->n_groups);
}
