/* SPDX-License-Identifier: MIT */
#include "map/compare.h"

#include <string.h>

#include "map/compare_internal.h"

struct comparer {
	struct pl_report *report;
	bool pins;     /* all targets say what they assert */
	size_t budget; /* answers that may still be given */
};

const struct pl_overlay *pl_compare_find(const struct pl_target *target, const char *name)
{
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, name))
			return &target->overlays[i];
	return NULL;
}

static struct pl_error *find_targets(const struct comparer *c, struct pl_compared_overlay *overlay)
{
	const struct pl_report *report = c->report;

	overlay->targets =
		pl_arena_array(report->arena, report->n_targets, sizeof(*overlay->targets));
	if (!overlay->targets)
		return pl_error_no_memory();
	for (size_t i = 0; i < report->n_targets; i++)
		if (pl_compare_find(report->targets[i], overlay->name))
			overlay->targets[overlay->n_targets++] = i;
	return NULL;
}

static struct pl_error *spend(struct comparer *c, size_t members, size_t targets)
{
	if (members > c->budget / targets)
		return pl_error_new(PL_ERROR_UNREADABLE, "more than %d members to compare",
				    PL_COMPARE_LIMIT);
	c->budget -= members * targets;
	return NULL;
}

static struct pl_error *compare_overlay(struct comparer *c, struct pl_compared_overlay *overlay)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct pl_arena *arena = c->report->arena;
	const struct pl_variants_request request = {overlay, c->pins, arena, scratch};
	struct pl_run *runs;
	size_t count;

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(find_targets(c, overlay));
	PL_TRY(pl_compare_paths(c->report, overlay, scratch, &runs, &count));
	PL_TRY(spend(c, count, overlay->n_targets));
	overlay->members = pl_arena_array(arena, count, sizeof(*overlay->members));
	if (!overlay->members)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++) {
		struct pl_compared_member *member = &overlay->members[overlay->n_members++];

		member->path = runs[i].sightings[0]->path;
		PL_TRY(pl_compare_variants(&request, &runs[i], member));
		overlay->same += member->n_variants == 1;
	}
	return NULL;
}

static bool is_listed(const struct pl_comparison *comparison, const char *name)
{
	for (size_t i = 0; i < comparison->n_overlays; i++)
		if (!strcmp(comparison->overlays[i].name, name))
			return true;
	return false;
}

static struct pl_error *list_overlays(const struct pl_report *report,
				      const struct pl_target *target,
				      struct pl_comparison *comparison, size_t *capacity)
{
	for (size_t i = 0; i < target->n_overlays; i++) {
		const char *name = target->overlays[i].record->name;
		struct pl_compared_overlay *overlays;

		if (is_listed(comparison, name))
			continue;
		overlays = pl_arena_grow(report->arena, comparison->overlays,
					 comparison->n_overlays, capacity, sizeof(*overlays));
		if (!overlays)
			return pl_error_no_memory();
		comparison->overlays = overlays;
		overlays[comparison->n_overlays++] = (struct pl_compared_overlay){.name = name};
	}
	return NULL;
}

struct pl_error *pl_compare_targets(struct pl_report *report)
{
	struct comparer c = {report, true, PL_COMPARE_LIMIT};
	struct pl_comparison *comparison;
	size_t capacity = 0;

	report->comparison = NULL;
	if (report->n_targets < 2)
		return NULL;
	comparison = pl_arena_alloc(report->arena, sizeof(*comparison));
	if (!comparison)
		return pl_error_no_memory();
	for (size_t i = 0; i < report->n_targets; i++) {
		c.pins &= pl_target_has_pins(report->targets[i]);
		PL_TRY(list_overlays(report, report->targets[i], comparison, &capacity));
	}
	for (size_t i = 0; i < comparison->n_overlays; i++)
		PL_TRY(compare_overlay(&c, &comparison->overlays[i]));
	PL_TRY(pl_compare_alike(report->arena, report->n_targets, comparison));
	report->comparison = comparison;
	return NULL;
}
