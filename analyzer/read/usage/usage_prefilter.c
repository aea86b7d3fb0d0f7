/* SPDX-License-Identifier: MIT */
#include "read/usage/usage_internal.h"

struct pl_error *pl_usage_prefilter(struct pl_usage_run *run)
{
	size_t count = run->n_waiting, kept = 0;

	if (run->request->plain || !count)
		return NULL;
	run->prefilter.arena = run->arena;
	PL_TRY(pl_prefilter_read(&run->prefilter, run->target, &run->units, run->waiting, count));
	for (size_t i = 0; i < count; i++) {
		size_t unit = run->waiting[i];

		if (pl_prefilter_wants(&run->prefilter, &run->units.list[unit]))
			run->waiting[kept++] = unit;
		else
			run->idle[run->n_idle++] = unit;
	}
	run->n_waiting = kept;
	return NULL;
}

static void cover(struct pl_usage_run *run)
{
	bool *covered = pl_arena_array(run->arena, run->gathered.n_inputs, sizeof(*covered));

	for (size_t i = 0; covered && i < run->units.n; i++)
		for (size_t j = 0; run->results[i].done && j < run->results[i].n_inputs; j++)
			covered[run->results[i].inputs[j]] = true;
	for (size_t i = 0; covered && i < run->gathered.n_inputs; i++)
		if (covered[i])
			pl_prefilter_cover(&run->prefilter, run->gathered.inputs[i]);
}

struct pl_error *pl_usage_bring_back(struct pl_usage_run *run, size_t *ret)
{
	size_t kept = 0, back = 0, recalled = 0;

	*ret = 0;
	if (run->recalled)
		return NULL;
	if (run->n_idle)
		cover(run);
	for (size_t i = 0; i < run->n_idle; i++) {
		size_t unit = run->idle[i];

		if (!pl_prefilter_brings(&run->prefilter, &run->units.list[unit]))
			run->idle[kept++] = unit;
		else if (pl_usage_recall_unit(run, unit))
			recalled++;
		else
			run->waiting[run->n_waiting + back++] = unit;
	}
	run->n_idle = kept;
	run->n_waiting += back;
	*ret = back + recalled;
	return NULL;
}
