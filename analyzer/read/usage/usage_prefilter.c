/* SPDX-License-Identifier: MIT */
#include "read/usage/usage_internal.h"

struct pl_error *pl_usage_prefilter(struct pl_usage_run *run)
{
	size_t count = run->n_waiting, kept = 0;

	if (run->request->plain || !count)
		return NULL;
	run->prefilter.arena = run->arena;
	PL_TRY(pl_prefilter_read(&run->prefilter, run->target, run->request->rules, &run->units,
				 run->waiting, count));
	PL_TRY(pl_prefilter_settings(&run->prefilter, run->request->rules, &run->units,
				     run->waiting, count, run->settings));
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

static struct pl_error *cover(struct pl_usage_run *run)
{
	for (size_t i = 0; i < run->units.n; i++) {
		const struct pl_gathered_unit *result = &run->results[i];

		for (size_t j = 0; result->done && j < result->n_inputs; j++)
			PL_TRY(pl_prefilter_cover(&run->prefilter,
						  run->gathered.inputs[result->inputs[j]],
						  run->settings[i].environment));
	}
	return NULL;
}

struct pl_error *pl_usage_bring_back(struct pl_usage_run *run, size_t *ret)
{
	size_t kept = 0, back = 0, recalled = 0;

	*ret = 0;
	if (run->recalled)
		return NULL;
	if (run->n_idle)
		PL_TRY(cover(run));
	run->prefilter.round++;
	for (size_t i = 0; i < run->n_idle; i++) {
		size_t unit = run->idle[i];
		bool brings;

		PL_TRY(pl_prefilter_brings(&run->prefilter, &run->units.list[unit],
					   &run->settings[unit], &brings));
		if (!brings)
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
