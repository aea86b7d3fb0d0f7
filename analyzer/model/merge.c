/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "model/report.h"

struct merging {
	struct pl_report *report;
	size_t capacity;
};

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_place(const struct pl_place *a, const struct pl_place *b)
{
	return a->line == b->line && same_text(a->file, b->file);
}

static bool same_range(const struct pl_bit_range *a, const struct pl_bit_range *b)
{
	return a->page == b->page && a->offset == b->offset && a->size == b->size;
}

static bool same_evidence(const struct pl_finding *a, const struct pl_finding *b)
{
	if (a->n_evidence != b->n_evidence)
		return false;
	for (size_t i = 0; i < a->n_evidence; i++)
		if (strcmp(a->evidence[i].what, b->evidence[i].what) != 0 ||
		    pl_spot_order(&a->evidence[i].spot, &b->evidence[i].spot))
			return false;
	return true;
}

/* Whether A and B, which have one fingerprint, also say the same. */
static bool says_the_same(const struct pl_finding *a, const struct pl_finding *b)
{
	return !strcmp(a->message, b->message) && a->state == b->state &&
	       same_text(a->reason, b->reason) && same_range(&a->range, &b->range) &&
	       same_place(&a->place, &b->place) && same_place(&a->host_place, &b->host_place) &&
	       same_evidence(a, b);
}

static struct pl_merged_finding *find(const struct pl_report *report,
				      const struct pl_finding *finding)
{
	for (size_t i = 0; i < report->n_merged; i++) {
		const struct pl_finding *its = report->merged[i].occurrences[0].finding;

		if (its->severity == finding->severity &&
		    !strcmp(its->fingerprint, finding->fingerprint))
			return &report->merged[i];
	}
	return NULL;
}

static struct pl_merged_finding *add(struct merging *m)
{
	struct pl_report *report = m->report;
	struct pl_merged_finding *merged = pl_arena_grow(
		report->arena, report->merged, report->n_merged, &m->capacity, sizeof(*merged));

	if (!merged)
		return NULL;
	report->merged = merged;
	merged[report->n_merged] = (struct pl_merged_finding){0};
	return &merged[report->n_merged++];
}

static struct pl_occurrence *find_occurrence(const struct pl_merged_finding *merged,
					     const struct pl_finding *finding)
{
	for (size_t i = 0; i < merged->n_occurrences; i++)
		if (says_the_same(merged->occurrences[i].finding, finding))
			return &merged->occurrences[i];
	return NULL;
}

static struct pl_occurrence *add_occurrence(const struct pl_report *report,
					    struct pl_merged_finding *merged,
					    const struct pl_finding *finding)
{
	struct pl_occurrence *occurrences =
		pl_arena_grow(report->arena, merged->occurrences, merged->n_occurrences,
			      &merged->occurrences_capacity, sizeof(*occurrences));
	size_t *targets = pl_arena_array(report->arena, report->n_targets, sizeof(*targets));

	if (!occurrences || !targets)
		return NULL;
	merged->occurrences = occurrences;
	occurrences[merged->n_occurrences] = (struct pl_occurrence){finding, targets, 0};
	return &occurrences[merged->n_occurrences++];
}

/* What a target says twice in the same words, is said once. */
static struct pl_error *take(struct merging *m, const struct pl_finding *finding, size_t target)
{
	struct pl_merged_finding *merged = find(m->report, finding);
	struct pl_occurrence *occurrence;

	if (!merged)
		merged = add(m);
	if (!merged)
		return pl_error_no_memory();
	occurrence = find_occurrence(merged, finding);
	if (!occurrence)
		occurrence = add_occurrence(m->report, merged, finding);
	if (!occurrence)
		return pl_error_no_memory();
	if (!occurrence->n_targets || occurrence->targets[occurrence->n_targets - 1] != target)
		occurrence->targets[occurrence->n_targets++] = target;
	return NULL;
}

static struct pl_error *take_severity(struct merging *m, enum pl_severity severity)
{
	const struct pl_report *report = m->report;

	for (size_t i = 0; i < report->n_targets; i++)
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			if (report->targets[i]->findings[j].severity == severity)
				PL_TRY(take(m, &report->targets[i]->findings[j], i));
	return NULL;
}

struct pl_error *pl_report_merge(struct pl_report *report)
{
	struct merging merging = {.report = report};

	report->merged = NULL;
	report->n_merged = 0;
	for (int severity = PL_SEVERITY_ERROR; severity > PL_SEVERITY_NONE; severity--)
		PL_TRY(take_severity(&merging, (enum pl_severity)severity));
	return NULL;
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
