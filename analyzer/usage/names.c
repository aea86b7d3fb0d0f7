/* SPDX-License-Identifier: MIT */
/* Bytes that one directory reaches under the names of several records. */
#include <stdlib.h>
#include <string.h>

#include "usage/answer_internal.h"

/* A name that a directory uses. */
struct name {
	const char *directory, *text, *record;
	uint64_t start, end; /* bits from the start of the first host */
};

/* The names that one target's code uses, by directory, then by text, each once. */
struct names {
	struct name *list;
	size_t count;
};

static int compare(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	int result = strcmp(a->directory, b->directory);

	return result ? result : strcmp(a->text, b->text);
}

static bool has_target(const struct pl_use *use, size_t target)
{
	for (size_t i = 0; i < use->n_targets; i++)
		if (use->targets[i] == target)
			return true;
	return false;
}

static struct pl_error *add_name(const struct pl_report *report, const struct pl_target *target,
				 const struct pl_access *access, struct names *names)
{
	const struct pl_record *host = pl_target_record(target, target->host);
	struct name *name = &names->list[names->count];
	struct pl_bit_range range;

	/* Who copies all of a record reaches no byte of it in particular. */
	if (!access->field || !pl_target_access_range(target, access, &range))
		return NULL;
	name->directory = pl_usage_directory(report->arena, access->spot.place.file);
	name->text = pl_usage_field_name(report->arena, access->record, access->field);
	name->record = access->record;
	name->start = range.page * host->size + range.offset;
	name->end = name->start + range.size;
	if (!name->directory || !name->text)
		return pl_error_no_memory();
	names->count++;
	return NULL;
}

static struct pl_error *list_names(const struct pl_report *report, const struct pl_uses *uses,
				   size_t target, struct names *ret)
{
	size_t kept = 0;

	ret->list = pl_arena_array(report->arena, uses->count, sizeof(*ret->list));
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < uses->count; i++)
		if (has_target(&uses->list[i], target))
			PL_TRY(add_name(report, report->targets[target], uses->list[i].access,
					ret));
	if (ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare);
	for (size_t i = 0; i < ret->count; i++)
		if (!kept || compare(&ret->list[kept - 1], &ret->list[i]))
			ret->list[kept++] = ret->list[i];
	ret->count = kept;
	return NULL;
}

/* The names in LIST on the bits from START to END, if they are of several records. */
static struct pl_error *take_names(struct pl_arena *arena, const struct name *list, size_t count,
				   uint64_t start, uint64_t end, struct pl_shared_bytes *ret)
{
	const char *record = NULL;
	bool several = false;

	ret->names = pl_arena_array(arena, count, sizeof(*ret->names));
	if (!ret->names)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++) {
		if (list[i].start >= end || list[i].end <= start)
			continue;
		several |= record && strcmp(record, list[i].record);
		record = list[i].record;
		ret->names[ret->n_names++] = list[i].text;
	}
	ret->n_names = several ? ret->n_names : 0;
	return NULL;
}

static bool same_names(const struct pl_shared_bytes *a, const struct pl_shared_bytes *b)
{
	if (a->n_names != b->n_names || strcmp(a->directory, b->directory) != 0)
		return false;
	for (size_t i = 0; i < a->n_names; i++)
		if (strcmp(a->names[i], b->names[i]) != 0)
			return false;
	return true;
}

static bool goes_on(const struct pl_shared_bytes *last, const struct pl_shared_bytes *next)
{
	return last->range.page == next->range.page &&
	       last->range.offset + last->range.size == next->range.offset &&
	       same_names(last, next);
}

struct shared {
	struct pl_shared_bytes *list;
	size_t count, capacity;
};

static struct pl_error *add_shared(struct pl_arena *arena, struct shared *shared,
				   const struct pl_shared_bytes *found)
{
	struct pl_shared_bytes *list;

	if (shared->count && goes_on(&shared->list[shared->count - 1], found)) {
		shared->list[shared->count - 1].range.size += found->range.size;
		return NULL;
	}
	list = pl_arena_grow(arena, shared->list, shared->count, &shared->capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	shared->list = list;
	list[shared->count++] = *found;
	return NULL;
}

/* What the directory of the COUNT names in LIST shares on TARGET. */
static struct pl_error *share(struct pl_arena *arena, const struct pl_target *target,
			      const struct name *list, size_t count, struct shared *shared)
{
	const struct pl_record *host = pl_target_record(target, target->host);

	for (size_t i = 0; i < target->n_byte_map; i++) {
		struct pl_shared_bytes found = {.directory = list->directory,
						.range = target->byte_map[i].range};
		uint64_t start = found.range.page * host->size + found.range.offset;

		PL_TRY(take_names(arena, list, count, start, start + found.range.size, &found));
		if (found.n_names)
			PL_TRY(add_shared(arena, shared, &found));
	}
	return NULL;
}

static struct pl_error *share_all(struct pl_arena *arena, const struct pl_target *target,
				  const struct names *names, struct shared *shared)
{
	size_t from = 0;

	for (size_t i = 1; i <= names->count; i++) {
		if (i < names->count &&
		    !strcmp(names->list[i].directory, names->list[from].directory))
			continue;
		PL_TRY(share(arena, target, names->list + from, i - from, shared));
		from = i;
	}
	return NULL;
}

/* Adds what TARGET shares to what the ones before it do; the same names are the same. */
static struct pl_error *merge(struct pl_arena *arena, const struct shared *one, size_t target,
			      size_t n_targets, struct shared *all)
{
	for (size_t i = 0; i < one->count; i++) {
		struct pl_shared_bytes *list;
		size_t at = 0;

		while (at < all->count && !same_names(&all->list[at], &one->list[i]))
			at++;
		if (at == all->count) {
			list = pl_arena_grow(arena, all->list, all->count, &all->capacity,
					     sizeof(*list));
			if (!list)
				return pl_error_no_memory();
			all->list = list;
			list[all->count] = one->list[i];
			list[all->count].targets = pl_arena_array(arena, n_targets, sizeof(size_t));
			if (!list[all->count++].targets)
				return pl_error_no_memory();
		}
		list = &all->list[at];
		if (!list->n_targets || list->targets[list->n_targets - 1] != target)
			list->targets[list->n_targets++] = target;
	}
	return NULL;
}

static int by_place(const void *left, const void *right)
{
	const struct pl_shared_bytes *a = left, *b = right;
	int result = strcmp(a->directory, b->directory);

	if (result)
		return result;
	if (a->range.page != b->range.page)
		return a->range.page < b->range.page ? -1 : 1;
	if (a->range.offset != b->range.offset)
		return a->range.offset < b->range.offset ? -1 : 1;
	return (a->targets[0] > b->targets[0]) - (a->targets[0] < b->targets[0]);
}

struct pl_error *pl_usage_names(const struct pl_report *report, const struct pl_uses *uses,
				struct pl_answers *answers)
{
	struct shared all = {0};

	for (size_t i = 0; i < answers->n_asked; i++) {
		size_t target = answers->asked[i];
		struct names names = {0};
		struct shared one = {0};

		PL_TRY(list_names(report, uses, target, &names));
		PL_TRY(share_all(report->arena, report->targets[target], &names, &one));
		PL_TRY(merge(report->arena, &one, target, report->n_targets, &all));
	}
	if (all.count)
		qsort(all.list, all.count, sizeof(*all.list), by_place);
	answers->names = all.list;
	answers->n_names = all.count;
	return NULL;
}
