/* SPDX-License-Identifier: MIT */
/*
 * Words that the host has by no name of the pack, though members that every
 * configuration has belong there: the pack is of another release, and silence
 * of its rules says nothing.
 */
#include <string.h>

#include "check/rules/homes.h"
#include "support/strbuf.h"

/* What a home of an overlay is about. */
struct place {
	const struct pl_overlay *overlay;
	const struct pl_overlay_facts *facts;
	const struct pl_home *home;
};

static bool is_lost(const struct pl_checker *checker, const struct place *place)
{
	struct pl_bit_range word;

	return place->home->always && pl_home_is_surely_current(checker, place->home) &&
	       !pl_check_word(checker, place->home->word, &word) &&
	       !pl_home_has_another(checker, place->facts, place->home);
}

/* The next one behind PLACE, or the first of all if that is of no overlay; false if there is none.
 */
static bool next_lost(const struct pl_checker *checker, struct place *place)
{
	const struct pl_overlay *end = checker->target->overlays + checker->target->n_overlays;

	if (!place->overlay)
		place->overlay = checker->target->overlays;
	for (; place->overlay < end; place->overlay++, place->home = NULL) {
		place->facts = pl_check_facts(checker, place->overlay->record->name);
		if (!place->facts)
			continue;
		place->home = place->home ? place->home + 1 : place->facts->homes;
		for (; place->home < place->facts->homes + place->facts->n_homes; place->home++)
			if (is_lost(checker, place))
				return true;
	}
	return false;
}

/* Whether no place before this one has lost the same word. */
static bool is_first(const struct pl_checker *checker, const struct place *place)
{
	struct place first = {0};

	while (next_lost(checker, &first))
		if (!strcmp(first.home->word, place->home->word))
			break;
	return first.home == place->home;
}

static bool has_twin(const struct pl_checker *checker, const char *word, bool twin)
{
	for (struct place place = {0}; next_lost(checker, &place);)
		if (place.home->twin == twin && !strcmp(place.home->word, word))
			return true;
	return false;
}

/* Whether RULE cannot be decided without WORD. */
static bool needs(const struct pl_checker *checker, const struct pl_rule *rule, const char *word)
{
	if (rule->info.severity == PL_SEVERITY_NONE)
		return false;
	for (size_t i = 0; i < rule->n_clauses; i++)
		if (!strcmp(rule->clauses[i].word, word))
			return true;
	if (rule->kind == PL_RULE_PLACE)
		return has_twin(checker, word, rule->twins);
	if (rule->kind == PL_RULE_OWNED && !checker->target->usage)
		return false;
	return rule->kind != PL_RULE_TOGETHER && pl_rule_is_on(rule, word);
}

static void add_name(struct pl_strbuf *list, const char *name)
{
	pl_strbuf_printf(list, "%s%s", list->length ? ", " : "", name);
}

static void list_names(const struct pl_checker *checker, const char *name, struct pl_strbuf *list)
{
	for (size_t i = 0; i < checker->pack->n_words; i++) {
		const struct pl_word *word = &checker->pack->words[i];

		for (size_t j = 0; j < word->n_fields && !strcmp(word->name, name); j++)
			add_name(list, word->fields[j]);
	}
	if (!list->length)
		add_name(list, name);
}

static struct pl_error *tell(const struct pl_checker *checker, const struct place *place,
			     struct pl_report *report)
{
	PL_CLEANUP(pl_strbuf_release)
	struct pl_strbuf names = PL_STRBUF_INIT, rules = PL_STRBUF_INIT;
	const struct pl_target *target = checker->target;

	list_names(checker, place->home->word, &names);
	for (size_t i = 0; i < checker->pack->n_rules; i++)
		if (needs(checker, &checker->pack->rules[i], place->home->word))
			add_name(&rules, checker->pack->rules[i].info.id);
	if (pl_strbuf_failed(&names) || pl_strbuf_failed(&rules))
		return pl_error_no_memory();
	if (!rules.length)
		return NULL;
	return pl_report_note_error(
		report, target->name, target->source.path,
		pl_error_new(PL_ERROR_UNREADABLE,
			     "%s: %s has no %s by any name that the rule pack knows (%s), and "
			     "%s.%s belongs there: nothing can be said of %s",
			     target->source.path, checker->host->name, place->home->word,
			     names.text, place->overlay->record->name, place->home->member,
			     rules.text));
}

struct pl_error *pl_check_lost_words(const struct pl_checker *checker, struct pl_report *report)
{
	for (struct place place = {0}; next_lost(checker, &place);)
		if (is_first(checker, &place))
			PL_TRY(tell(checker, &place, report));
	return NULL;
}
