/* SPDX-License-Identifier: MIT */
/* Groups of targets that no overlay and no member tells apart: a partition, refined step by step.
 */
#include "map/compare_internal.h"

struct partition {
	size_t *group; /* of each target */
	size_t *size;  /* of each group */
	size_t *hits;  /* of each group: how many of them are in the set at hand */
	size_t *split; /* of each group: where those go */
	size_t n_groups;
};

static struct pl_error *make_partition(struct pl_arena *arena, size_t count, struct partition *p)
{
	p->group = pl_arena_array(arena, count, sizeof(*p->group));
	p->size = pl_arena_array(arena, count, sizeof(*p->size));
	p->hits = pl_arena_array(arena, count, sizeof(*p->hits));
	p->split = pl_arena_array(arena, count, sizeof(*p->split));
	if (!p->group || !p->size || !p->hits || !p->split)
		return pl_error_no_memory();
	p->size[0] = count;
	p->n_groups = 1;
	return NULL;
}

/* Splits every group that is partly in the set TARGETS. */
static void refine(struct partition *p, const size_t *targets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		p->hits[p->group[targets[i]]] = 0;
	for (size_t i = 0; i < count; i++)
		p->hits[p->group[targets[i]]]++;
	for (size_t i = 0; i < count; i++)
		p->split[p->group[targets[i]]] = PL_NONE;
	for (size_t i = 0; i < count; i++) {
		size_t group = p->group[targets[i]];

		if (p->split[group] == PL_NONE) {
			bool whole = p->hits[group] == p->size[group];

			p->split[group] = whole ? group : p->n_groups;
			if (!whole)
				p->size[p->n_groups++] = 0;
		}
		p->size[group]--;
		p->group[targets[i]] = p->split[group];
		p->size[p->split[group]]++;
	}
}

static void refine_by_overlay(struct partition *p, const struct pl_compared_overlay *overlay)
{
	refine(p, overlay->targets, overlay->n_targets);
	for (size_t i = 0; i < overlay->n_members; i++) {
		const struct pl_compared_member *member = &overlay->members[i];

		for (size_t j = 0; j < member->n_variants; j++)
			refine(p, member->variants[j].targets, member->variants[j].n_targets);
	}
}

/* The groups of P into COMPARISON, each where its first target is. */
static struct pl_error *list_groups(const struct partition *p, size_t count, struct pl_arena *arena,
				    struct pl_comparison *comparison)
{
	size_t *number = p->hits;

	comparison->alike = pl_arena_array(arena, p->n_groups, sizeof(*comparison->alike));
	if (!comparison->alike)
		return pl_error_no_memory();
	for (size_t i = 0; i < p->n_groups; i++)
		number[i] = PL_NONE;
	for (size_t i = 0; i < count; i++) {
		size_t group = p->group[i];
		struct pl_alike *alike;

		if (number[group] == PL_NONE)
			number[group] = comparison->n_alike++;
		alike = &comparison->alike[number[group]];
		if (!alike->targets)
			alike->targets =
				pl_arena_array(arena, p->size[group], sizeof(*alike->targets));
		if (!alike->targets)
			return pl_error_no_memory();
		alike->targets[alike->n_targets++] = i;
	}
	return NULL;
}

struct pl_error *pl_compare_alike(struct pl_arena *arena, size_t n_targets,
				  struct pl_comparison *comparison)
{
	struct partition p;

	PL_TRY(make_partition(arena, n_targets, &p));
	for (size_t i = 0; i < comparison->n_overlays; i++)
		refine_by_overlay(&p, &comparison->overlays[i]);
	return list_groups(&p, n_targets, arena, comparison);
}
