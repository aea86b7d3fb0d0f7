/* SPDX-License-Identifier: MIT */
/* Which accesses a question is about, over all targets. */
#include <stdlib.h>
#include <string.h>

#include "support/glob.h"
#include "usage/answer_internal.h"

/* Longer than any path of a field or file: the outer parts of what is longer are not looked at. */
enum { MAX_PATH_LENGTH = 4096 };

/* An access as one target has it. */
struct finding {
	const struct pl_access *access;
	size_t target;
};

struct findings {
	struct finding *list;
	size_t count, capacity;
};

static bool fits(const struct pl_globs *globs, const char *text)
{
	return pl_glob_any(globs->list, globs->count, text);
}

/*
 * Whether PATH fits, or what is left of it when it is cut at one of the
 * characters in ENDS that are behind its first LEAST.
 */
static bool fits_around(const struct pl_globs *globs, const char *path, size_t least,
			const char *ends)
{
	size_t length = strlen(path);
	char outer[MAX_PATH_LENGTH];

	if (fits(globs, path) || length >= sizeof(outer))
		return fits(globs, path);
	memcpy(outer, path, length + 1);
	while (length-- > least) {
		if (!strchr(ends, outer[length]))
			continue;
		outer[length] = '\0';
		if (length && fits(globs, outer))
			return true;
	}
	return false;
}

static bool field_fits(const struct pl_globs *globs, const struct pl_access *access)
{
	const char *path = access->field ? access->field : "", *last = strrchr(path, '.');
	char name[MAX_PATH_LENGTH];
	size_t record = strlen(access->record), length = strlen(path);

	if (!globs->count)
		return true;
	if (!*path)
		return fits(globs, access->record);
	if (fits_around(globs, path, 0, PL_PATH_PARTS) || (last && fits(globs, last + 1)))
		return true;
	if (record + 1 + length >= sizeof(name))
		return false;
	memcpy(name, access->record, record);
	name[record] = '.';
	memcpy(name + record + 1, path, length + 1);
	/* The record alone is not its every field. */
	return fits_around(globs, name, record + 1, PL_PATH_PARTS);
}

static bool text_fits(const struct pl_globs *globs, const char *text)
{
	return !globs->count || (text && fits(globs, text));
}

static bool path_fits(const struct pl_globs *globs, const char *file)
{
	return !globs->count || (file && fits_around(globs, file, 0, "/"));
}

static bool byte_fits(const struct pl_question *question, const struct pl_target *target,
		      const struct pl_access *access)
{
	const struct pl_record *host = pl_target_record(target, target->host);
	struct pl_bit_range range;
	uint64_t at = question->page * host->size + 8 * question->byte, start;

	if (!question->of_byte)
		return true;
	if (!pl_target_access_range(target, access, &range))
		return false;
	start = range.page * host->size + range.offset;
	return start < at + 8 && at < start + range.size;
}

static bool access_fits(const struct pl_question *question, const struct pl_target *target,
			const struct pl_access *access)
{
	if (question->kinds && !(question->kinds & 1U << access->kind))
		return false;
	return text_fits(&question->records, access->record) &&
	       field_fits(&question->fields, access) &&
	       path_fits(&question->paths, access->spot.place.file) &&
	       text_fits(&question->functions, access->spot.function) &&
	       byte_fits(question, target, access);
}

static struct pl_error *find_in(const struct pl_question *question, const struct pl_report *report,
				size_t index, struct findings *found)
{
	const struct pl_target *target = report->targets[index];
	const struct pl_usage *usage = target->usage;

	for (size_t i = 0; usage && i < usage->n_accesses; i++) {
		struct finding *list;

		if (!access_fits(question, target, &usage->accesses[i]))
			continue;
		list = pl_arena_grow(report->arena, found->list, found->count, &found->capacity,
				     sizeof(*list));
		if (!list)
			return pl_error_no_memory();
		found->list = list;
		list[found->count++] = (struct finding){&usage->accesses[i], index};
	}
	return NULL;
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int result = pl_access_order(a->access, b->access);

	return result ? result : (a->target > b->target) - (a->target < b->target);
}

/* What is the same access on several targets becomes one use. */
static struct pl_error *join(const struct pl_report *report, const struct findings *found,
			     struct pl_uses *ret)
{
	size_t *targets = pl_arena_array(report->arena, found->count, sizeof(*targets));
	struct pl_use *use = NULL;

	ret->list = pl_arena_array(report->arena, found->count, sizeof(*ret->list));
	if (!targets || !ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < found->count; i++) {
		targets[i] = found->list[i].target;
		if (!use || pl_access_order(use->access, found->list[i].access)) {
			use = &ret->list[ret->count++];
			*use = (struct pl_use){found->list[i].access, &targets[i], 0};
		}
		use->n_targets++;
	}
	return NULL;
}

struct pl_error *pl_usage_collect(const struct pl_question *question,
				  const struct pl_report *report, struct pl_uses *ret)
{
	struct findings found = {0};

	for (size_t i = 0; i < report->n_targets; i++)
		PL_TRY(find_in(question, report, i, &found));
	if (found.count)
		qsort(found.list, found.count, sizeof(*found.list), compare);
	return join(report, &found, ret);
}
