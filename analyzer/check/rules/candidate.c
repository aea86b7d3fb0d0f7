/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"

/* The pack may know one that whoever looked through the source did not. */
static bool is_known(const struct pl_checker *checker, const char *record)
{
	if (pl_check_facts(checker, record))
		return true;
	for (size_t i = 0; i < checker->target->n_overlays; i++)
		if (!strcmp(checker->target->overlays[i].record->name, record))
			return true;
	return false;
}

static struct pl_error *add(const struct pl_checker *checker, const struct pl_candidate *candidate)
{
	const struct pl_record record = {.name = candidate->record, .place = candidate->place};
	bool cast = candidate->how == PL_CANDIDATE_CAST;

	return pl_check_add_record(
		checker, &record, NULL, NULL,
		"%s %s %s %s, in %zu place%s, and no assertion or rule pack speaks of it",
		candidate->is_union ? "union" : "struct", candidate->record,
		cast ? "is cast to or from" : "holds a", checker->host->name, candidate->places,
		candidate->places == 1 ? "" : "s");
}

struct pl_error *pl_rule_candidate(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->target->n_candidates; i++) {
		const struct pl_candidate *candidate = &checker->target->candidates[i];

		if (!is_known(checker, candidate->record) &&
		    pl_check_applies_to(checker, candidate->record))
			PL_TRY(add(checker, candidate));
	}
	return NULL;
}
