/* SPDX-License-Identifier: MIT */
/*
 * Units that a scan lost, for people: those that lack the same header are one
 * line, with the first of them. JSON has each with its own reason.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/text_answers_internal.h"
#include "support/order.h"

enum { NAMED = 3 };

/* REASON without the place that it may begin with: "mm/slub.c:20: ". */
static const char *cause_of(const char *reason)
{
	const char *end = strstr(reason, ": ");

	return end && end > reason && isdigit((unsigned char)end[-1]) ? end + 2 : reason;
}

struct lost {
	const struct pl_lost_unit *unit;
	const char *cause;
	size_t at;
};

static int by_cause(const void *left, const void *right)
{
	const struct lost *a = left, *b = right;
	int order = strcmp(a->cause, b->cause);

	return order ? order : pl_order_numbers(a->at, b->at);
}

/* Those of one cause, in their order. */
struct group {
	const struct lost *list;
	size_t count;
};

static int by_first(const void *left, const void *right)
{
	const struct group *a = left, *b = right;

	return pl_order_numbers(a->list->at, b->list->at);
}

/* Fills GROUPS from LIST, which it sorts; how many there are. */
static size_t group_by_cause(struct lost *list, size_t count, struct group *groups)
{
	size_t n_groups = 0;

	qsort(list, count, sizeof(*list), by_cause);
	for (size_t i = 0; i < count; i++) {
		if (!i || strcmp(list[i - 1].cause, list[i].cause))
			groups[n_groups++] = (struct group){&list[i], 0};
		groups[n_groups - 1].count++;
	}
	qsort(groups, n_groups, sizeof(*groups), by_first);
	return n_groups;
}

static void add_group(const struct group *group, struct pl_strbuf *out)
{
	const struct pl_lost_unit *first = group->list->unit;

	if (group->count == 1) {
		pl_strbuf_printf(out, "  lost %s: %s\n", first->file, first->reason);
		return;
	}
	pl_strbuf_printf(out, "  lost %zu, %s:", group->count, group->list->cause);
	for (size_t i = 0; i < group->count && i < NAMED; i++)
		pl_strbuf_printf(out, "%s %s", i ? "," : "", group->list[i].unit->file);
	if (group->count > NAMED)
		pl_strbuf_printf(out, " and %zu more", group->count - NAMED);
	pl_strbuf_add_char(out, '\n');
}

struct pl_error *pl_answer_lost(const struct pl_usage *usage, struct pl_strbuf *out)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct group *groups;
	struct lost *list;
	size_t count;

	if (!scratch)
		return pl_error_no_memory();
	list = pl_arena_array(scratch, usage->n_lost, sizeof(*list));
	groups = pl_arena_array(scratch, usage->n_lost, sizeof(*groups));
	if (!list || !groups)
		return pl_error_no_memory();
	for (size_t i = 0; i < usage->n_lost; i++)
		list[i] = (struct lost){&usage->lost[i], cause_of(usage->lost[i].reason), i};
	count = group_by_cause(list, usage->n_lost, groups);
	for (size_t i = 0; i < count; i++)
		add_group(&groups[i], out);
	return NULL;
}
