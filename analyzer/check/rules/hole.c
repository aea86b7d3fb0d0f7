/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

struct pl_error *pl_rule_hole(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->target->n_overlays; i++) {
		const struct pl_overlay *overlay = &checker->target->overlays[i];

		for (size_t j = 0; j < overlay->n_unused; j++) {
			const struct pl_unused *unused = &overlay->unused[j];

			if (unused->why != PL_UNUSED_HOLE || unused->n_branches ||
			    !pl_check_applies_to(checker, overlay->record->name))
				continue;
			PL_TRY(pl_check_add_range(
				checker, overlay->record, &unused->range,
				"no member of %s uses %s, whichever alternative is live",
				overlay->record->name, pl_check_bytes(checker, &unused->range)));
		}
	}
	return NULL;
}
