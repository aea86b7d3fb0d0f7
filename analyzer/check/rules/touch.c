/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

/* What a clause is about on this target. */
struct spot {
	const struct pl_clause *clause;
	struct pl_bit_range word;
	const struct pl_field *host_field; /* the word's; NULL: it is padding there */
	unsigned low, count;		   /* bits of the value, as far as the word has them */
	struct pl_bit_range bits;	   /* where these are, in memory order */
};

/* False if the host has no such word, or the word no such bits. */
static bool find_spot(const struct pl_checker *checker, const struct pl_clause *clause,
		      struct spot *spot)
{
	uint64_t end = clause->low_bit + clause->n_bits;

	spot->clause = clause;
	if (!pl_check_word(checker, clause->word, &spot->word))
		return false;
	spot->host_field = pl_check_word_field(checker, clause->word);
	spot->bits = spot->word;
	spot->low = spot->count = 0;
	if (!clause->n_bits)
		return true;
	if (clause->low_bit >= spot->word.size)
		return false;
	end = end < spot->word.size ? end : spot->word.size;
	spot->low = clause->low_bit;
	spot->count = (unsigned)(end - clause->low_bit);
	spot->bits.offset +=
		checker->target->endian == PL_ENDIAN_BIG ? spot->word.size - end : clause->low_bit;
	spot->bits.size = spot->count;
	return true;
}

static bool overlaps(const struct pl_bit_range *a, const struct pl_bit_range *b)
{
	return a->offset < b->offset + b->size && b->offset < a->offset + a->size;
}

static bool any_fits(const struct pl_matcher *matchers, size_t count,
		     const struct pl_checker *checker, const struct pl_subject *subject,
		     const struct pl_bit_range *word, bool unknown)
{
	for (size_t i = 0; i < count; i++)
		if (pl_matcher_fits(&matchers[i], checker, subject, word, unknown))
			return true;
	return false;
}

static bool is_fine(const struct pl_checker *checker, const struct spot *spot,
		    const struct pl_subject *subject)
{
	const struct pl_clause *clause = spot->clause;

	if (any_fits(clause->forbid, clause->n_forbid, checker, subject, &spot->word, false))
		return false;
	return !clause->n_allow ||
	       any_fits(clause->allow, clause->n_allow, checker, subject, &spot->word, true);
}

/* Padding uses nothing, and the names of the word are the word. */
static bool is_concerned(const struct pl_checker *checker, const struct pl_clause *clause,
			 const struct pl_subject *subject)
{
	if (subject->field->type_class == PL_CLASS_PADDING)
		return false;
	if (!subject->overlay && pl_check_names_word(checker, clause->word, subject->field->path))
		return false;
	return pl_matcher_fits(&clause->where, checker, subject, NULL, false) &&
	       pl_check_applies(checker, subject);
}

static const char *bits_of_value(const struct pl_checker *checker, const struct spot *spot)
{
	if (!spot->count)
		return "";
	if (spot->count == 1)
		return pl_arena_printf(checker->target->arena, ", with bit %u of its value",
				       spot->low);
	return pl_arena_printf(checker->target->arena, ", with bits %u-%u of its value", spot->low,
			       spot->low + spot->count - 1);
}

/* The part of RANGE that lies on host position PAGE; false if there is none. */
static bool part_on(const struct pl_checker *checker, const struct pl_bit_range *range, size_t page,
		    struct pl_bit_range *ret)
{
	uint64_t start = (page - range->page) * checker->host->size;
	uint64_t end = range->offset + range->size, from = range->offset;

	if (page < range->page)
		return false;
	from = from > start ? from : start;
	end = end < start + checker->host->size ? end : start + checker->host->size;
	if (from >= end)
		return false;
	*ret = (struct pl_bit_range){page, from - start, end - from};
	return true;
}

/* The finding is about what the field is a part of, on that page. */
static struct pl_error *add(const struct pl_checker *checker, const struct spot *spot,
			    const struct pl_subject *subject, size_t page)
{
	const struct pl_named named = pl_check_named(checker, subject);
	struct pl_about about = {.subject = subject,
				 .member = pl_check_name(subject),
				 .host_field = spot->host_field};

	if (!part_on(checker, &named.range, page, &about.range))
		return NULL;
	return pl_check_add_about(checker, &about, "%s.%s (%s) is on %s, where %s is%s: %s",
				  subject->record->name, about.member, named.type,
				  pl_check_bytes(checker, &about.range),
				  spot->host_field ? spot->host_field->path : spot->clause->word,
				  bits_of_value(checker, spot), checker->rule->info.title);
}

static struct pl_error *apply(struct pl_checker *checker, const struct spot *spot,
			      const struct pl_subject *subject)
{
	const struct pl_clause *clause = spot->clause;
	size_t pages = subject->overlay ? subject->overlay->pages : 1;
	struct pl_bit_range part;

	for (size_t page = clause->first_page; page < pages && page <= clause->last_page; page++)
		if (part_on(checker, &subject->range, page, &part) &&
		    overlaps(&part, &spot->bits) && is_concerned(checker, clause, subject) &&
		    !is_fine(checker, spot, subject))
			PL_TRY(add(checker, spot, subject, page));
	return NULL;
}

struct pl_error *pl_rule_touch(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->rule->n_clauses; i++) {
		struct spot spot;

		if (!find_spot(checker, &checker->rule->clauses[i], &spot))
			continue;
		for (size_t j = 0; j < checker->n_subjects; j++)
			PL_TRY(apply(checker, &spot, &checker->subjects[j]));
	}
	return NULL;
}
