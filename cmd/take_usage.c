/* SPDX-License-Identifier: MIT */
#include "take_usage.h"

#include <string.h>

#include "check/baseline.h"
#include "map/map.h"
#include "usage/usage_merge.h"

/* Reports with usage, and for one target those of its name. */
struct sources {
	struct pl_report *reports[MAX_USAGES];
	size_t count;
};

static void sources_release(struct sources *sources)
{
	for (size_t i = 0; i < sources->count; i++)
		pl_report_free(sources->reports[i]);
}

/* The target called NAME of REPORT, if its code was looked at. */
static struct pl_target *find(const struct pl_report *report, const char *name)
{
	for (size_t i = 0; i < report->n_targets; i++)
		if (!strcmp(report->targets[i]->name, name) && report->targets[i]->usage)
			return report->targets[i];
	return NULL;
}

static struct pl_error *check_arch(const struct pl_target *target, const struct pl_target *from)
{
	if (!target->arch || !from->arch || !strcmp(target->arch, from->arch))
		return NULL;
	return pl_error_new(PL_ERROR_USAGE, "option --usage: %s is for %s here, and for %s there",
			    target->name, target->arch, from->arch);
}

static struct pl_error *note_unknown(struct pl_report *report, const struct pl_target *target)
{
	return pl_report_note_error(
		report, target->name, target->source.path,
		pl_error_new(PL_ERROR_MISSING, "%s: no report of --usage knows what its code does",
			     target->name));
}

static struct pl_error *take_for(const struct sources *sources, struct pl_report *report,
				 struct pl_target *target)
{
	const struct pl_target *others[MAX_USAGES];
	struct pl_target *first = NULL;
	size_t count = 0;

	for (size_t i = 0; i < sources->count; i++) {
		struct pl_target *its = find(sources->reports[i], target->name);

		if (its && first)
			others[count++] = its;
		else if (its)
			first = its;
	}
	if (!first)
		return note_unknown(report, target);
	PL_TRY(check_arch(target, first));
	if (count)
		PL_TRY(pl_usage_merge(first, others, count));
	PL_TRY(pl_usage_copy(target, first));
	return pl_map_idle(target);
}

struct pl_error *take_usage(const struct settings *settings, struct pl_report *report)
{
	PL_CLEANUP(sources_release) struct sources sources = {0};

	if (!settings->n_usages)
		return NULL;
	for (size_t i = 0; i < settings->n_usages; i++) {
		struct pl_error *error =
			pl_baseline_load(settings->usages[i], &sources.reports[sources.count]);

		if (error)
			return pl_error_prefix(error, "option --usage");
		sources.count++;
	}
	for (size_t i = 0; i < report->n_targets; i++)
		PL_TRY(take_for(&sources, report, report->targets[i]));
	return NULL;
}
