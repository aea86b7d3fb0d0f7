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

static int compare_names(const struct pl_shared_bytes *a, const struct pl_shared_bytes *b)
{
	int result = strcmp(a->directory, b->directory);

	if (!result && a->n_names != b->n_names)
		return a->n_names < b->n_names ? -1 : 1;
	for (size_t i = 0; i < a->n_names && !result; i++)
		result = strcmp(a->names[i], b->names[i]);
	return result;
}

static bool goes_on(const struct pl_shared_bytes *last, const struct pl_shared_bytes *next)
{
	return last->range.page == next->range.page &&
	       last->range.offset + last->range.size == next->range.offset &&
	       !compare_names(last, next);
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

/* What one target shares; number says how many of these names are before it on that target. */
struct run {
	struct pl_shared_bytes bytes;
	size_t target, number;
};

struct runs {
	struct run *list;
	size_t count, capacity;
};

static struct pl_error *add_runs(struct pl_arena *arena, const struct shared *one, size_t target,
				 struct runs *runs)
{
	for (size_t i = 0; i < one->count; i++) {
		struct run *list = pl_arena_grow(arena, runs->list, runs->count, &runs->capacity,
						 sizeof(*list));

		if (!list)
			return pl_error_no_memory();
		runs->list = list;
		list[runs->count++] = (struct run){one->list[i], target, 0};
	}
	return NULL;
}

/* By names, then by target; the number is then that of those before. */
static int by_target(const void *left, const void *right)
{
	const struct run *a = left, *b = right;
	int result = compare_names(&a->bytes, &b->bytes);

	if (result)
		return result;
	if (a->target != b->target)
		return a->target < b->target ? -1 : 1;
	if (a->bytes.range.page != b->bytes.range.page)
		return a->bytes.range.page < b->bytes.range.page ? -1 : 1;
	return (a->bytes.range.offset > b->bytes.range.offset) -
	       (a->bytes.range.offset < b->bytes.range.offset);
}

static int by_number(const void *left, const void *right)
{
	const struct run *a = left, *b = right;
	int result = compare_names(&a->bytes, &b->bytes);

	if (result)
		return result;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (a->target > b->target) - (a->target < b->target);
}

static void number(struct runs *runs)
{
	struct run *list = runs->list;

	if (!runs->count)
		return;
	qsort(list, runs->count, sizeof(*list), by_target);
	for (size_t i = 1; i < runs->count; i++)
		if (list[i].target == list[i - 1].target &&
		    !compare_names(&list[i].bytes, &list[i - 1].bytes))
			list[i].number = list[i - 1].number + 1;
	qsort(list, runs->count, sizeof(*list), by_number);
}

/*
 * Puts together what several targets share: the same names are the same bytes.
 * A target may have them on several runs of bytes: of these the first of one
 * target is the first of another.
 */
static struct pl_error *merge(struct pl_arena *arena, struct runs *runs, struct shared *all)
{
	size_t *targets = pl_arena_array(arena, runs->count, sizeof(*targets));

	all->list = pl_arena_array(arena, runs->count, sizeof(*all->list));
	if (!targets || !all->list)
		return pl_error_no_memory();
	number(runs);
	for (size_t i = 0; i < runs->count; i++) {
		const struct run *run = &runs->list[i];

		targets[i] = run->target;
		if (!i || run->number != run[-1].number ||
		    compare_names(&run->bytes, &run[-1].bytes) != 0) {
			all->list[all->count] = run->bytes;
			all->list[all->count++].targets = &targets[i];
		}
		all->list[all->count - 1].n_targets++;
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
	struct runs runs = {0};

	for (size_t i = 0; i < answers->n_asked; i++) {
		size_t target = answers->asked[i];
		struct names names = {0};
		struct shared one = {0};

		PL_TRY(list_names(report, uses, target, &names));
		PL_TRY(share_all(report->arena, report->targets[target], &names, &one));
		PL_TRY(add_runs(report->arena, &one, target, &runs));
	}
	PL_TRY(merge(report->arena, &runs, &all));
	if (all.count)
		qsort(all.list, all.count, sizeof(*all.list), by_place);
	answers->names = all.list;
	answers->n_names = all.count;
	return NULL;
}
