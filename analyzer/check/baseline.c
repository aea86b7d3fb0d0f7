/* SPDX-License-Identifier: MIT */
#include "check/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "model/topic.h"
#include "read/report/report_read.h"
#include "support/file.h"
#include "support/text.h"

/* Room for fixed findings grows. */
struct holding {
	struct pl_report *report;
	struct pl_baseline *baseline;
	size_t fixed_capacity;
};

static struct pl_error *load(const char *path, struct pl_report *report)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	const struct pl_read_request request = {.path = path};

	PL_TRY(pl_file_open(path, &file));
	if (!pl_report_detect(file.bytes))
		return pl_error_new(PL_ERROR_USAGE, "%s: not a saved report", path);
	return pl_report_read(&request, file.bytes, report);
}

struct pl_error *pl_baseline_load(const char *path, struct pl_report **ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	struct pl_error *error;

	if (!report)
		return pl_error_no_memory();
	error = load(path, report);
	if (error && error->kind != PL_ERROR_MEMORY)
		error->kind = PL_ERROR_USAGE;
	PL_TRY(error);
	*ret = report;
	report = NULL;
	return NULL;
}

/* Whether TARGET, which may be NULL, has a finding like FINDING. */
static bool has(const struct pl_target *target, const struct pl_finding *finding)
{
	for (size_t i = 0; target && i < target->n_findings; i++)
		if (target->findings[i].severity == finding->severity &&
		    !strcmp(target->findings[i].fingerprint, finding->fingerprint))
			return true;
	return false;
}

/* The same, of any severity. */
static bool has_fingerprint(const struct pl_target *target, const char *fingerprint)
{
	for (size_t i = 0; i < target->n_findings; i++)
		if (!strcmp(target->findings[i].fingerprint, fingerprint))
			return true;
	return false;
}

static bool is_discovered(const struct pl_target *target, const char *overlay)
{
	for (size_t i = 0; i < target->n_discovered; i++)
		if (!strcmp(target->discovered[i].name, overlay))
			return true;
	return false;
}

/*
 * Whether TARGET would show a finding about OVERLAY, as BEFORE did: overlays
 * that BEFORE was mapped for are then those of TARGET too. One that is only
 * discovered may just be gone, unless TARGET knows of it and leaves it out; see
 * pl_finding_topics(). So may a candidate.
 */
static bool was_looked_for(const struct pl_target *before, const struct pl_target *target,
			   const char *overlay)
{
	if (!overlay || !pl_target_wants(before, overlay) || pl_target_wants(target, overlay))
		return true;
	return is_discovered(before, overlay) && !is_discovered(target, overlay);
}

/* One target of the baseline, and the same of the report. */
struct pair {
	const struct pl_pack *pack;
	const struct pl_target *before, *target;
	unsigned missed; /* topics that only the former was read for */
};

static struct pair pair_of(const struct pl_pack *pack, const struct pl_target *before,
			   const struct pl_target *target)
{
	return (struct pair){pack, before, target,
			     pl_target_topics(before) & ~pl_target_topics(target)};
}

/* Topics of FINDING that were not looked at. */
static unsigned missed_topics(const struct pair *pair, const struct pl_finding *finding)
{
	return pair->missed ? pair->missed & pl_finding_topics(pair->pack, finding, pair->target)
			    : 0;
}

static bool is_fixed(const struct pair *pair, const struct pl_finding *finding)
{
	return !has_fingerprint(pair->target, finding->fingerprint) &&
	       was_looked_for(pair->before, pair->target, finding->overlay) &&
	       !missed_topics(pair, finding);
}

/* In the order of the target's findings. */
static int by_place(const void *left, const void *right)
{
	const struct pl_finding *const *a = left, *const *b = right;

	return (*a > *b) - (*a < *b);
}

static int by_fingerprint(const void *left, const void *right)
{
	const struct pl_finding *const *a = left, *const *b = right;
	int order = strcmp((*a)->fingerprint, (*b)->fingerprint);

	return order ? order : by_place(left, right);
}

/* The findings of BEFORE, the first of each fingerprint: what shows in several ways is fixed once.
 */
static struct pl_error *list_once(const struct pl_target *before, struct pl_arena *arena,
				  const struct pl_finding ***ret, size_t *count)
{
	const struct pl_finding **list =
		pl_arena_array(arena, before->n_findings, sizeof(struct pl_finding *));
	size_t n = 0;

	if (!list)
		return pl_error_no_memory();
	for (size_t i = 0; i < before->n_findings; i++)
		list[i] = &before->findings[i];
	qsort(list, before->n_findings, sizeof(struct pl_finding *), by_fingerprint);
	for (size_t i = 0; i < before->n_findings; i++)
		if (!n || strcmp(list[i]->fingerprint, list[n - 1]->fingerprint))
			list[n++] = list[i];
	qsort(list, n, sizeof(struct pl_finding *), by_place);
	*ret = list;
	*count = n;
	return NULL;
}

static struct pl_error *note_fixed(struct holding *h, const char *target, const char *fingerprint)
{
	struct pl_arena *arena = h->report->arena;
	struct pl_baseline *baseline = h->baseline;
	struct pl_fixed_finding *list = pl_arena_grow(arena, baseline->fixed, baseline->n_fixed,
						      &h->fixed_capacity, sizeof(*list));
	struct pl_fixed_finding added = {pl_arena_strdup(arena, fingerprint),
					 pl_arena_strdup(arena, target)};

	if (!list || !added.fingerprint || !added.target)
		return pl_error_no_memory();
	baseline->fixed = list;
	list[baseline->n_fixed++] = added;
	return NULL;
}

static struct pl_error *find_fixed(struct holding *h, const struct pair *pair)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	const struct pl_finding **once;
	size_t count;

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(list_once(pair->before, scratch, &once, &count));
	for (size_t i = 0; i < count; i++)
		if (is_fixed(pair, once[i]))
			PL_TRY(note_fixed(h, pair->before->name, once[i]->fingerprint));
	return NULL;
}

static void find_known(struct pl_baseline *baseline, const struct pl_target *before,
		       struct pl_target *target)
{
	for (size_t i = 0; i < target->n_findings; i++) {
		struct pl_finding *finding = &target->findings[i];

		if (!has(before, finding))
			continue;
		baseline->known++;
		if (finding->state == PL_FINDING_OPEN)
			finding->state = PL_FINDING_KNOWN;
	}
}

struct pl_error *pl_baseline_apply(const struct pl_pack *pack, const char *path,
				   const struct pl_report *baseline, struct pl_report *report)
{
	struct holding holding = {
		.report = report,
		.baseline = pl_arena_alloc(report->arena, sizeof(struct pl_baseline))};

	if (!holding.baseline)
		return pl_error_no_memory();
	holding.baseline->path = pl_text_copy(report->arena, path);
	if (!holding.baseline->path)
		return pl_error_no_memory();
	for (size_t i = 0; i < report->n_targets; i++)
		find_known(holding.baseline, pl_report_target(baseline, report->targets[i]->name),
			   report->targets[i]);
	for (size_t i = 0; i < baseline->n_targets; i++) {
		const struct pl_target *before = baseline->targets[i];
		const struct pl_target *target = pl_report_target(report, before->name);
		struct pair pair;

		if (!target)
			continue;
		pair = pair_of(pack, before, target);
		PL_TRY(find_fixed(&holding, &pair));
	}
	report->baseline = holding.baseline;
	return NULL;
}

/* Refuses to lose FINDING, which may be there still. */
static struct pl_error *check_finding(const struct pair *pair, const struct pl_finding *finding)
{
	const char *name = pair->before->name;
	unsigned missed = missed_topics(pair, finding);

	if (!was_looked_for(pair->before, pair->target, finding->overlay))
		return pl_error_new(PL_ERROR_USAGE,
				    "there are findings of %s about %s in it, which was not looked "
				    "for",
				    name, finding->overlay);
	if (missed && !has_fingerprint(pair->target, finding->fingerprint))
		return pl_error_new(PL_ERROR_USAGE,
				    "there are findings of %s in it that follow from %s, which %s",
				    name, pl_topic_name(pl_topic_first(missed)),
				    pl_topic_lack(pl_topic_first(missed)));
	return NULL;
}

static struct pl_error *check_target(const struct pl_pack *pack, const struct pl_target *before,
				     const struct pl_target *target)
{
	struct pair pair;

	if (before->n_findings && !target)
		return pl_error_new(PL_ERROR_USAGE,
				    "there are findings of %s in it, which is not among the "
				    "sources",
				    before->name);
	if (!target)
		return NULL;
	pair = pair_of(pack, before, target);
	for (size_t i = 0; i < before->n_findings; i++)
		PL_TRY(check_finding(&pair, &before->findings[i]));
	return NULL;
}

struct pl_error *pl_baseline_check_whole(const struct pl_pack *pack,
					 const struct pl_report *baseline,
					 const struct pl_report *report)
{
	for (size_t i = 0; i < baseline->n_targets; i++) {
		const struct pl_target *before = baseline->targets[i];

		PL_TRY(check_target(pack, before, pl_report_target(report, before->name)));
	}
	return NULL;
}

static void keep_known(const struct pl_target *before, bool accept_new, struct pl_target *target)
{
	size_t kept = 0;

	for (size_t i = 0; i < target->n_findings; i++) {
		struct pl_finding finding = target->findings[i];

		if (!has(before, &finding) && !(accept_new && finding.state == PL_FINDING_OPEN))
			continue;
		finding.state = PL_FINDING_KNOWN;
		finding.reason = NULL;
		target->findings[kept++] = finding;
	}
	target->n_findings = kept;
}

void pl_baseline_make(const struct pl_report *baseline, bool accept_new, struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		keep_known(baseline ? pl_report_target(baseline, target->name) : NULL, accept_new,
			   target);
	}
	report->n_suppressions = 0;
	report->baseline = NULL;
}
