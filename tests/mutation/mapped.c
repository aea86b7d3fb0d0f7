/* SPDX-License-Identifier: MIT */
#include "mapped.h"

#include "map/map.h"

struct pl_error *map_report(const struct pl_pack *pack, struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		if (!target->saved)
			pl_map_classify(pack, target);
		PL_TRY(target->saved ? pl_map_target(target, target->host, target->wanted,
						     target->n_wanted)
				     : pl_map_target(target, pack->host, pack->overlays,
						     pack->n_overlays));
	}
	return NULL;
}
