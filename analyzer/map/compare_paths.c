/* SPDX-License-Identifier: MIT */
/* The members of one overlay on all targets, brought together by sorting their paths. */
#include <stdlib.h>
#include <string.h>

#include "map/compare_internal.h"

struct paths {
	struct pl_arena *arena;
	struct pl_sighting *sightings; /* by target, then in the order of declaration */
	struct pl_sighting **sorted;   /* by path, then by target */
	size_t n_sightings;
	struct pl_run *runs; /* by id, which is by path */
	size_t n_runs;
};

static int by_path(const void *left, const void *right)
{
	const struct pl_sighting *a = *(struct pl_sighting *const *)left;
	const struct pl_sighting *b = *(struct pl_sighting *const *)right;
	int order = strcmp(a->path, b->path);

	/* They lie in an array by target. */
	return order ? order : (a > b) - (a < b);
}

static void add_members(struct paths *p, size_t target, const struct pl_overlay *overlay)
{
	for (size_t i = 0; i < overlay->n_members; i++) {
		const struct pl_member *member = &overlay->members[i];
		struct pl_sighting *sighting = &p->sightings[p->n_sightings];

		*sighting = (struct pl_sighting){member->field->path, target, member, 0};
		p->sorted[p->n_sightings++] = sighting;
	}
}

static struct pl_error *find_sightings(struct paths *p, const struct pl_report *report,
				       const struct pl_compared_overlay *overlay)
{
	size_t count = 0;

	for (size_t i = 0; i < overlay->n_targets; i++)
		count += pl_compare_find(report->targets[overlay->targets[i]], overlay->name)
				 ->n_members;
	p->sightings = pl_arena_array(p->arena, count, sizeof(*p->sightings));
	p->sorted = pl_arena_array(p->arena, count, sizeof(struct pl_sighting *));
	p->runs = pl_arena_array(p->arena, count, sizeof(*p->runs));
	if (!p->sightings || !p->sorted || !p->runs)
		return pl_error_no_memory();
	for (size_t i = 0; i < overlay->n_targets; i++) {
		size_t target = overlay->targets[i];

		add_members(p, target, pl_compare_find(report->targets[target], overlay->name));
	}
	return NULL;
}

static void find_runs(struct paths *p)
{
	qsort(p->sorted, p->n_sightings, sizeof(struct pl_sighting *), by_path);
	for (size_t i = 0; i < p->n_sightings; i++) {
		struct pl_sighting *sighting = p->sorted[i];

		if (!i || strcmp(sighting->path, p->sorted[i - 1]->path))
			p->runs[p->n_runs++].sightings = &p->sorted[i];
		sighting->id = p->n_runs - 1;
		p->runs[sighting->id].count++;
	}
}

/* A list of ids that grows in its middle: what is new on a target goes behind what it follows
 * there. */
static struct pl_error *merge_orders(const struct paths *p, struct pl_run *ret)
{
	size_t *next = pl_arena_array(p->arena, p->n_runs + 1, sizeof(*next));
	bool *placed = pl_arena_array(p->arena, p->n_runs, sizeof(*placed));
	size_t head = p->n_runs, before = head;

	if (!next || !placed)
		return pl_error_no_memory();
	next[head] = PL_NONE;
	for (size_t i = 0; i < p->n_sightings; i++) {
		size_t id = p->sightings[i].id;

		if (i && p->sightings[i].target != p->sightings[i - 1].target)
			before = head;
		if (!placed[id]) {
			next[id] = next[before];
			next[before] = id;
			placed[id] = true;
		}
		before = id;
	}
	for (size_t id = next[head]; id != PL_NONE; id = next[id])
		*ret++ = p->runs[id];
	return NULL;
}

struct pl_error *pl_compare_paths(const struct pl_report *report,
				  const struct pl_compared_overlay *overlay, struct pl_arena *arena,
				  struct pl_run **ret, size_t *count)
{
	struct paths p = {.arena = arena};
	struct pl_run *runs;

	PL_TRY(find_sightings(&p, report, overlay));
	find_runs(&p);
	runs = pl_arena_array(arena, p.n_runs, sizeof(*runs));
	if (!runs)
		return pl_error_no_memory();
	PL_TRY(merge_orders(&p, runs));
	*ret = runs;
	*count = p.n_runs;
	return NULL;
}
