/* SPDX-License-Identifier: MIT */
#include "check/rules/homes.h"

/* An overlay may end before a word of its only host; one over several hosts has no such end. */
static bool ends_before(const struct pl_checker *checker, const struct pl_overlay_facts *facts,
			const struct pl_record *record, uint64_t offset)
{
	return checker->pack->overlays[facts - checker->pack->facts].pages == 1 &&
	       record->size <= offset;
}

static struct pl_error *check_home(struct pl_checker *checker, const struct pl_overlay *overlay,
				   const struct pl_overlay_facts *facts, const struct pl_home *home)
{
	const struct pl_record *record = overlay->record;
	struct pl_bit_range word, is;
	const char *host_field = pl_home_host_field(checker, home);
	bool exists = pl_check_word(checker, home->word, &word);
	bool has = pl_member_extent(checker, overlay, home->member, &is);

	if (home->page || !pl_rule_is_on(checker->rule, home->word) ||
	    !pl_home_is_surely_current(checker, home) || exists == has ||
	    !pl_check_applies_to_path(checker, record->name, home->member))
		return NULL;
	if (has && pl_home_has_another(checker, facts, home))
		return NULL;
	if (has)
		return pl_check_add_record(
			checker, record, home->member, NULL,
			"%s has %s, and the host has no %s in this configuration", record->name,
			home->member, home->word);
	if (ends_before(checker, facts, record, word.offset))
		return NULL;
	return pl_check_add_record(checker, record, home->member, host_field,
				   "the host has %s in this configuration, and %s has no %s for it",
				   host_field ? host_field : home->word, record->name,
				   home->member);
}

struct pl_error *pl_rule_together(struct pl_checker *checker)
{
	return pl_check_homes(checker, check_home);
}
