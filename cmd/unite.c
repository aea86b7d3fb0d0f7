/* SPDX-License-Identifier: MIT */
#include "unite.h"

#include <stdlib.h>
#include <string.h>

#include "map/map.h"
#include "report/report.h"
#include "usage/usage_merge.h"

/* All targets of all reports, before they are moved. */
struct crowd {
	struct pl_target **list;
	size_t count;
};

/* TARGET borrowed by a report of its own, as JSON: whatever it holds is in there. */
static struct pl_error *write_target(struct pl_target *target, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	struct pl_error *error;

	if (!report)
		return pl_error_no_memory();
	PL_TRY(pl_report_add_target(report, target));
	error = pl_report_merge(report);
	if (!error)
		error = pl_report_json(report, ret);
	report->n_targets = 0;
	return error;
}

static struct pl_error *is_same(struct pl_target *a, struct pl_target *b, bool *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf left = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf right = PL_STRBUF_INIT;

	PL_TRY(write_target(a, &left));
	PL_TRY(write_target(b, &right));
	*ret = left.length == right.length && !memcmp(left.text, right.text, left.length);
	return NULL;
}

static unsigned shard_of(const struct pl_target *target)
{
	return target->usage ? target->usage->shard : 0;
}

/* By name, then by shard. */
static int by_name(const void *left, const void *right)
{
	const struct pl_target *a = *(struct pl_target *const *)left;
	const struct pl_target *b = *(struct pl_target *const *)right;
	int order = strcmp(a->name, b->name);

	return order ? order : (shard_of(a) > shard_of(b)) - (shard_of(a) < shard_of(b));
}

static struct pl_error *gather(struct pl_arena *arena, struct pl_report *const *reports,
			       size_t count, struct crowd *ret)
{
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		most += reports[i]->n_targets;
	ret->list = pl_arena_array(arena, most, sizeof(*ret->list));
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < reports[i]->n_targets; j++)
			ret->list[ret->count++] = reports[i]->targets[j];
	if (ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), by_name);
	return NULL;
}

static bool are_shards(struct pl_target *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!list[i]->usage || list[i]->usage->shards < 2)
			return false;
	return true;
}

/* Drops what is there twice of the *COUNT targets in LIST, which have one name. */
static struct pl_error *drop_copies(struct pl_target **list, size_t *count)
{
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		bool same = false;

		for (size_t j = 0; j < kept && !same; j++)
			PL_TRY(is_same(list[j], list[i], &same));
		if (!same)
			list[kept++] = list[i];
	}
	*count = kept;
	return NULL;
}

/* The COUNT targets in LIST have one name, and become the first of them. */
static struct pl_error *join(struct pl_target **list, size_t count)
{
	PL_TRY(drop_copies(list, &count));
	if (are_shards(list, count)) {
		PL_TRY(pl_usage_merge(list[0], (const struct pl_target *const *)(list + 1),
				      count - 1));
		return pl_map_idle(list[0]);
	}
	if (count == 1)
		return NULL;
	return pl_error_new(PL_ERROR_USAGE,
			    "%s: two reports have a target of this name, and do not say the same "
			    "of it; NAME=REPORT names the one of a report otherwise",
			    list[0]->name);
}

/* Takes TARGET out of the report that has it, so that another can. */
static void take_out(struct pl_report *const *reports, size_t count, const struct pl_target *target)
{
	for (size_t i = 0; i < count; i++) {
		struct pl_report *report = reports[i];

		for (size_t j = 0; j < report->n_targets; j++) {
			if (report->targets[j] != target)
				continue;
			report->n_targets--;
			memmove(&report->targets[j], &report->targets[j + 1],
				(report->n_targets - j) * sizeof(struct pl_target *));
			return;
		}
	}
}

static struct pl_error *unite_targets(struct pl_report *const *reports, size_t count,
				      struct pl_report *into)
{
	struct crowd crowd = {0};
	size_t end;

	PL_TRY(gather(into->arena, reports, count, &crowd));
	for (size_t i = 0; i < crowd.count; i = end) {
		struct pl_target *first = crowd.list[i];

		end = i + 1;
		while (end < crowd.count && !strcmp(crowd.list[end]->name, first->name))
			end++;
		PL_TRY(join(crowd.list + i, end - i));
		PL_TRY(pl_report_add_target(into, first));
		take_out(reports, count, first);
	}
	return NULL;
}

static int by_failure(const void *left, const void *right)
{
	const struct pl_failure *a = left, *b = right;
	int order = strcmp(a->target, b->target);

	if (!order)
		order = strcmp(a->path, b->path);
	return order ? order : strcmp(a->message, b->message);
}

static bool has_failure(const struct pl_report *report, const struct pl_failure *failure)
{
	for (size_t i = 0; i < report->n_failures; i++)
		if (!by_failure(&report->failures[i], failure))
			return true;
	return false;
}

static struct pl_error *unite_failures(const struct pl_report *from, struct pl_report *into)
{
	for (size_t i = 0; i < from->n_failures; i++)
		if (!has_failure(into, &from->failures[i]))
			PL_TRY(pl_report_add_failure(into, &from->failures[i]));
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_rule(const struct pl_rule_info *a, const struct pl_rule_info *b)
{
	return a->severity == b->severity && same_text(a->title, b->title) &&
	       same_text(a->why, b->why) && same_text(a->fix, b->fix) &&
	       same_text(a->since, b->since);
}

static struct pl_error *unite_rules(const struct pl_report *from, struct pl_report *into)
{
	for (size_t i = 0; i < from->n_rules; i++) {
		const struct pl_rule_info *known = pl_report_rule(into, from->rules[i].id);

		if (known && !same_rule(known, &from->rules[i]))
			return pl_error_new(PL_ERROR_USAGE,
					    "the rule %s is not the same in all reports: they were "
					    "checked with different rule packs",
					    known->id);
		PL_TRY(pl_report_add_rule(into, &from->rules[i]));
	}
	return NULL;
}

static int by_id(const void *left, const void *right)
{
	const struct pl_rule_info *a = left, *b = right;

	return strcmp(a->id, b->id);
}

struct pl_error *unite(struct pl_report *const *reports, size_t count, struct pl_report *into)
{
	for (size_t i = 0; i < count; i++) {
		PL_TRY(unite_failures(reports[i], into));
		PL_TRY(unite_rules(reports[i], into));
	}
	if (into->n_failures)
		qsort(into->failures, into->n_failures, sizeof(*into->failures), by_failure);
	if (into->n_rules)
		qsort(into->rules, into->n_rules, sizeof(*into->rules), by_id);
	return unite_targets(reports, count, into);
}
