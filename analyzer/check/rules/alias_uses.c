/* SPDX-License-Identifier: MIT */
#include "check/rules/alias_uses.h"

#include <stdlib.h>
#include <string.h>

#include "support/glob.h"
#include "support/order.h"

/* An access, and how much of its file's path is its subject. */
struct entry {
	const struct pl_access *access;
	size_t at, length;
};

/* How much of FILE's path names what it is about: a directory, or all where that has no one
 * subject. */
static size_t subject_length(const struct pl_rule *rule, const char *file)
{
	const char *slash = strrchr(file, '/');
	size_t length = slash ? (size_t)(slash - file) : 0;
	char directory[4096];

	if (length >= sizeof(directory))
		return strlen(file);
	memcpy(directory, file, length);
	directory[length] = '\0';
	return pl_glob_any(rule->file_by_file, rule->n_file_by_file, directory) ? strlen(file)
										: length;
}

static int by_subject(const struct entry *a, const struct entry *b)
{
	int order = pl_order_numbers(a->length, b->length);

	return order ? order
		     : strncmp(a->access->spot.place.file, b->access->spot.place.file, a->length);
}

static int by_use(const struct entry *a, const struct entry *b)
{
	int order = by_subject(a, b);

	order = order ? order : strcmp(a->access->record, b->access->record);
	return order ? order : strcmp(a->access->field, b->access->field);
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = by_use(a, b);

	return order ? order : pl_order_numbers(a->at, b->at);
}

static int compare_uses(const void *left, const void *right)
{
	const struct pl_alias_use *a = left, *b = right;
	int order = pl_order_numbers(a->subject, b->subject);

	return order ? order : pl_order_numbers(a->at, b->at);
}

/* Those of fields in files, sorted. */
static size_t list_entries(const struct pl_checker *checker, struct entry *list)
{
	const struct pl_usage *usage = checker->target->usage;
	size_t count = 0;

	for (size_t i = 0; i < usage->n_accesses; i++) {
		const struct pl_access *access = &usage->accesses[i];
		const char *file = access->spot.place.file;

		if (access->field && file)
			list[count++] =
				(struct entry){access, i, subject_length(checker->rule, file)};
	}
	qsort(list, count, sizeof(*list), compare_entries);
	return count;
}

static void classify(const struct pl_checker *checker, struct pl_alias_use *use)
{
	const struct pl_access *access = use->first;

	use->hosts = !strcmp(access->record, checker->host->name);
	use->ours = !use->hosts && pl_check_applies_to_path(checker, access->record, access->field);
	use->placed = pl_target_access_range(checker->target, access, &use->range);
}

/* Makes uses of the COUNT entries at LIST. */
static void put_together(const struct pl_checker *checker, const struct entry *list, size_t count,
			 struct pl_alias_uses *ret)
{
	for (size_t i = 0; i < count; i++) {
		struct pl_alias_use *use = &ret->list[ret->count];

		ret->accesses[i] = list[i].access;
		if (!i || by_subject(&list[i - 1], &list[i]))
			ret->n_subjects++;
		if (i && !by_use(&list[i - 1], &list[i])) {
			use[-1].end = i + 1;
			continue;
		}
		*use = (struct pl_alias_use){.first = list[i].access,
					     .at = list[i].at,
					     .begin = i,
					     .end = i + 1,
					     .subject = ret->n_subjects - 1};
		classify(checker, use);
		ret->count++;
	}
}

static struct pl_error *find_subjects(struct pl_arena *arena, struct pl_alias_uses *uses)
{
	uses->subjects = pl_arena_array(arena, uses->n_subjects + 1, sizeof(*uses->subjects));
	if (!uses->subjects)
		return pl_error_no_memory();
	for (size_t i = uses->count; i > 0; i--)
		uses->subjects[uses->list[i - 1].subject] = i - 1;
	uses->subjects[uses->n_subjects] = uses->count;
	return NULL;
}

struct pl_error *pl_alias_uses(const struct pl_checker *checker, struct pl_arena *arena,
			       struct pl_alias_uses *ret)
{
	size_t most = checker->target->usage->n_accesses;
	struct entry *list = pl_arena_array(arena, most, sizeof(*list));

	*ret = (struct pl_alias_uses){
		.accesses = pl_arena_array(arena, most, sizeof(struct pl_access *)),
		.list = pl_arena_array(arena, most, sizeof(*ret->list)),
	};
	if (!list || !ret->accesses || !ret->list)
		return pl_error_no_memory();
	put_together(checker, list, list_entries(checker, list), ret);
	qsort(ret->list, ret->count, sizeof(*ret->list), compare_uses);
	return find_subjects(arena, ret);
}

bool pl_alias_overlap(const struct pl_alias_use *a, const struct pl_alias_use *b,
		      struct pl_bit_range *ret)
{
	const struct pl_bit_range *left = &a->range, *right = &b->range;
	uint64_t from, to;

	if (!a->placed || !b->placed || left->page != right->page)
		return false;
	from = left->offset > right->offset ? left->offset : right->offset;
	to = left->offset + left->size < right->offset + right->size ? left->offset + left->size
								     : right->offset + right->size;
	*ret = (struct pl_bit_range){left->page, from, to > from ? to - from : 0};
	return to > from;
}
