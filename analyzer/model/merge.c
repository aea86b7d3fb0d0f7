/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "model/report.h"
#include "support/order.h"

/* A finding of a target on its way into the merged ones. All are sorted, as there may be many. */
struct entry {
	const struct pl_finding *finding;
	size_t target;
	size_t at;    /* among all, in the order of targets */
	size_t group; /* where the first finding of its fingerprint and severity is at */
	size_t same;  /* where the first that also says the same is at */
};

struct entries {
	struct entry *list;
	size_t count;
};

static int order_places(const struct pl_place *a, const struct pl_place *b)
{
	int order = pl_order_numbers(a->line, b->line);

	return order ? order : pl_order_texts(a->file, b->file);
}

static int order_ranges(const struct pl_bit_range *a, const struct pl_bit_range *b)
{
	int order = pl_order_numbers(a->page, b->page);

	order = order ? order : pl_order_numbers(a->offset, b->offset);
	return order ? order : pl_order_numbers(a->size, b->size);
}

static int order_evidence(const struct pl_finding *a, const struct pl_finding *b)
{
	int order = pl_order_numbers(a->n_evidence, b->n_evidence);

	for (size_t i = 0; !order && i < a->n_evidence; i++) {
		order = strcmp(a->evidence[i].what, b->evidence[i].what);
		order = order ? order : pl_spot_order(&a->evidence[i].spot, &b->evidence[i].spot);
	}
	return order;
}

/* 0 if A and B, which have one fingerprint, also say the same. */
static int order_contents(const struct pl_finding *a, const struct pl_finding *b)
{
	int order = strcmp(a->message, b->message);

	order = order ? order : pl_order_numbers(a->state, b->state);
	order = order ? order : pl_order_texts(a->reason, b->reason);
	order = order ? order : order_ranges(&a->range, &b->range);
	order = order ? order : order_places(&a->place, &b->place);
	order = order ? order : order_places(&a->host_place, &b->host_place);
	return order ? order : order_evidence(a, b);
}

/* Errors first. */
static int order_severities(const struct entry *a, const struct entry *b)
{
	return pl_order_numbers(b->finding->severity, a->finding->severity);
}

static int order_fingerprints(const struct entry *a, const struct entry *b)
{
	int order = order_severities(a, b);

	return order ? order : strcmp(a->finding->fingerprint, b->finding->fingerprint);
}

static int by_contents(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = order_fingerprints(a, b);

	order = order ? order : order_contents(a->finding, b->finding);
	return order ? order : pl_order_numbers(a->at, b->at);
}

static int by_place(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = order_severities(a, b);

	order = order ? order : pl_order_numbers(a->group, b->group);
	order = order ? order : pl_order_numbers(a->same, b->same);
	return order ? order : pl_order_numbers(a->at, b->at);
}

/* A finding without a severity is none. */
static struct pl_error *list_all(const struct pl_report *report, struct pl_arena *arena,
				 struct entries *ret)
{
	size_t most = 0;

	for (size_t i = 0; i < report->n_targets; i++)
		most += report->targets[i]->n_findings;
	*ret = (struct entries){pl_arena_array(arena, most, sizeof(*ret->list)), 0};
	if (!ret->list)
		return pl_error_no_memory();
	for (size_t i = 0; i < report->n_targets; i++) {
		const struct pl_target *target = report->targets[i];

		for (size_t j = 0; j < target->n_findings; j++) {
			const struct pl_finding *finding = &target->findings[j];

			if (finding->severity != PL_SEVERITY_NONE)
				ret->list[ret->count] =
					(struct entry){finding, i, ret->count, 0, 0};
			ret->count += finding->severity != PL_SEVERITY_NONE;
		}
	}
	return NULL;
}

/* Fills in the `group` and the `same` of the COUNT entries at LIST, which are of one group. */
static void place_group(struct entry *list, size_t count)
{
	size_t first = list[0].at;

	for (size_t i = 0; i < count; i++) {
		bool like_last = i && !order_contents(list[i - 1].finding, list[i].finding);

		first = list[i].at < first ? list[i].at : first;
		list[i].same = like_last ? list[i - 1].same : list[i].at;
	}
	for (size_t i = 0; i < count; i++)
		list[i].group = first;
}

/* Puts them into the order that they are shown in, those that belong together side by side. */
static void sort(struct entries *entries)
{
	struct entry *list = entries->list;

	qsort(list, entries->count, sizeof(*list), by_contents);
	for (size_t i = 0, end; i < entries->count; i = end) {
		for (end = i + 1; end < entries->count && !order_fingerprints(&list[i], &list[end]);
		     end++)
			;
		place_group(&list[i], end - i);
	}
	qsort(list, entries->count, sizeof(*list), by_place);
}

/* What a target says twice in the same words, is said once. */
static void take(struct pl_occurrence *occurrence, const struct entry *entry)
{
	if (!occurrence->n_targets ||
	    occurrence->targets[occurrence->n_targets - 1] != entry->target)
		occurrence->targets[occurrence->n_targets++] = entry->target;
}

static struct pl_error *lay_out(const struct entries *entries, struct pl_report *report)
{
	struct pl_occurrence *occurrences =
		pl_arena_array(report->arena, entries->count, sizeof(*occurrences));
	size_t *targets = pl_arena_array(report->arena, entries->count, sizeof(*targets));
	const struct entry *last = NULL;
	size_t n = 0;

	report->n_merged = 0;
	report->merged = pl_arena_array(report->arena, entries->count, sizeof(*report->merged));
	if (!report->merged || !occurrences || !targets)
		return pl_error_no_memory();
	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->list[i];
		bool other = !last || last->same != entry->same;

		if (other)
			occurrences[n++] = (struct pl_occurrence){entry->finding, &targets[i], 0};
		if (!last || last->group != entry->group)
			report->merged[report->n_merged++] =
				(struct pl_merged_finding){&occurrences[n - 1], 0};
		report->merged[report->n_merged - 1].n_occurrences += other;
		take(&occurrences[n - 1], entry);
		last = entry;
	}
	return NULL;
}

struct pl_error *pl_report_merge(struct pl_report *report)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct entries entries;

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(list_all(report, scratch, &entries));
	sort(&entries);
	return lay_out(&entries, report);
}

size_t pl_report_count(const struct pl_report *report, enum pl_severity severity,
		       enum pl_finding_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < report->n_merged; i++) {
		const struct pl_merged_finding *merged = &report->merged[i];
		bool counts = false;

		for (size_t j = 0; j < merged->n_occurrences; j++)
			counts |= merged->occurrences[j].finding->severity == severity &&
				  merged->occurrences[j].finding->state == state;
		count += counts;
	}
	return count;
}
