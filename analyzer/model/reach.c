/* SPDX-License-Identifier: MIT */
#include "model/reach.h"

#include <stdlib.h>
#include <string.h>

#include "support/order.h"

static int compare(const void *left, const void *right)
{
	const struct pl_reach *a = left, *b = right;
	int order = strcmp(a->access->record, b->access->record);

	return order ? order : strcmp(a->access->field, b->access->field);
}

static void count_kinds(struct pl_reaches *reaches)
{
	for (size_t i = 0; i < reaches->count; i++) {
		struct pl_reach *each = &reaches->list[i];

		memcpy(each[1].before, each->before, sizeof(each->before));
		each[1].before[each->access->kind]++;
	}
}

struct pl_error *pl_reaches_find(const struct pl_usage *usage, struct pl_arena *arena,
				 struct pl_reaches *ret)
{
	ret->count = 0;
	ret->list = pl_arena_array(arena, usage->n_accesses + 1, sizeof(*ret->list));
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < usage->n_accesses; i++)
		if (usage->accesses[i].field)
			ret->list[ret->count++].access = &usage->accesses[i];
	qsort(ret->list, ret->count, sizeof(*ret->list), compare);
	count_kinds(ret);
	return NULL;
}

/* The start of a path, and the character after it: '\0' where it ends. */
struct start {
	const char *record, *path;
	size_t length;
	unsigned char next;
};

static int order_start(const void *element, const void *key)
{
	const struct pl_access *access = ((const struct pl_reach *)element)->access;
	const struct start *start = key;
	int order = strcmp(access->record, start->record);

	order = order ? order : strncmp(access->field, start->path, start->length);
	return order ? order : (unsigned char)access->field[start->length] - start->next;
}

/* The first that does not come before those with START. */
static const struct pl_reach *find_start(const struct pl_reaches *reaches,
					 const struct start *start)
{
	return &reaches->list[pl_count_before(start, reaches->list, reaches->count,
					      sizeof(*reaches->list), order_start)];
}

static unsigned kinds_with(const struct pl_reaches *reaches, struct start start)
{
	const struct pl_reach *first = find_start(reaches, &start), *end;
	unsigned kinds = 0;

	start.next++;
	end = find_start(reaches, &start);
	for (unsigned i = 0; i < PL_ACCESS_KIND_COUNT; i++)
		if (end->before[i] > first->before[i])
			kinds |= 1U << i;
	return kinds;
}

unsigned pl_reaches_kinds(const struct pl_reaches *reaches, const char *record, const char *path)
{
	struct start start = {.record = record, .path = path};
	unsigned kinds = 0;

	do {
		start.next = '\0';
		if (pl_path_can_end(path + start.length))
			kinds |= kinds_with(reaches, start);
	} while (path[start.length++]);
	for (const char *next = PL_PATH_PARTS; *next; next++)
		kinds |= kinds_with(
			reaches, (struct start){record, path, strlen(path), (unsigned char)*next});
	return kinds;
}
