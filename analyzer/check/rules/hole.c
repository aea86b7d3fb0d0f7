/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

struct pl_error *pl_rule_hole(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->target->n_overlays; i++) {
		const struct pl_overlay *overlay = &checker->target->overlays[i];

		if (!pl_check_applies_to(checker, overlay->record->name))
			continue;
		for (size_t j = 0; j < overlay->n_free; j++)
			PL_TRY(pl_check_add_range(
				checker, overlay->record, &overlay->free[j],
				"no member of %s uses %s, whichever alternative is live",
				overlay->record->name, pl_check_bytes(checker, &overlay->free[j])));
	}
	return NULL;
}
