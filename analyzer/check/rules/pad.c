/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/homes.h"
#include "model/extent.h"

/* Shorter names are part of too many others: "pp" of "_pp_mapping_pad". */
enum { LEAST_NAME = 4 };

static bool covers(const struct pl_bit_range *pad, const struct pl_bit_range *range)
{
	return pad->page == range->page && pad->offset <= range->offset &&
	       pad->offset + pad->size >= range->offset + range->size;
}

static bool is_part(char c)
{
	return c && c != '_' && c != '.' && c != '[';
}

/* Whether the name of the pad at PATH has FIELD in it: "_pp_mapping_pad" speaks of "mapping". */
static bool speaks_of(const char *path, const char *field)
{
	const char *dot = strrchr(path, '.'), *name = dot ? dot + 1 : path;
	size_t length = pl_path_outermost(field);

	if (length < LEAST_NAME || *field == '_')
		return false;
	for (const char *at = name; *at; at++)
		if (!strncmp(at, field, length) && (at == name || !is_part(at[-1])) &&
		    !is_part(at[length]))
			return true;
	return false;
}

/* The host field that the pad at PATH speaks of, the longest name of them; "" if there is none. */
static const char *named_field(const struct pl_checker *checker, const char *path)
{
	const char *found = "";

	for (size_t i = 0; i < checker->host->n_fields; i++) {
		const struct pl_field *field = &checker->host->fields[i];

		if (field->size && field->type_class != PL_CLASS_PADDING &&
		    speaks_of(path, field->path) &&
		    pl_path_outermost(field->path) > pl_path_outermost(found))
			found = field->path;
	}
	return pl_arena_strndup(checker->target->arena, found, pl_path_outermost(found));
}

/* Of a pad of several fields, each is the pad. One that has a home is judged by that. */
static struct pl_error *check_name(struct pl_checker *checker, const struct pl_subject *subject)
{
	const char *name = pl_check_name(subject), *field = named_field(checker, name);
	const struct pl_bit_range is = pl_check_named(checker, subject).range;
	struct pl_bit_range range = {.page = is.page};

	if (!field)
		return pl_error_no_memory();
	if (pl_homes_know(pl_check_facts(checker, subject->record->name), name) ||
	    !pl_record_extent(checker->host, field, &range.offset, &range.size) ||
	    covers(&is, &range) || !pl_check_applies(checker, subject))
		return NULL;
	return pl_check_add(checker, subject, is,
			    "%s.%s is on %s, and not over %s on %s, of which its name speaks",
			    subject->record->name, name, pl_check_bytes(checker, &is), field,
			    pl_check_bytes(checker, &range));
}

/* Whether the pack has another home for this pad, which it covers. */
static bool covers_another(const struct pl_checker *checker, const struct pl_overlay_facts *facts,
			   const struct pl_home *home, const struct pl_bit_range *pad)
{
	struct pl_bit_range wanted;

	for (size_t i = 0; i < facts->n_homes; i++)
		if (pl_home_is_another(checker, home, &facts->homes[i]) &&
		    pl_home_wanted(checker, &facts->homes[i], &wanted) && covers(pad, &wanted))
			return true;
	return false;
}

static struct pl_error *check_home(struct pl_checker *checker, const struct pl_overlay *overlay,
				   const struct pl_overlay_facts *facts, const struct pl_home *home)
{
	struct pl_about about = {.subject = pl_home_subject(checker, overlay, home),
				 .member = home->member};
	const char *field = pl_home_host_field(checker, home);
	struct pl_bit_range wanted;

	if (!about.subject || about.subject->field->type_class != PL_CLASS_PADDING ||
	    !pl_home_is_current(checker, home) ||
	    !pl_member_extent(checker, overlay, home->member, &about.range) ||
	    !pl_home_wanted(checker, home, &wanted) || covers(&about.range, &wanted) ||
	    covers_another(checker, facts, home, &about.range) ||
	    !pl_check_applies(checker, about.subject))
		return NULL;
	about.host_field = pl_check_host_field(checker, &about.range);
	return pl_check_add_about(checker, &about, "%s.%s is on %s, and not over %s on %s",
				  overlay->record->name, home->member,
				  pl_check_bytes(checker, &about.range), field ? field : home->word,
				  pl_check_bytes(checker, &wanted));
}

struct pl_error *pl_rule_pad(struct pl_checker *checker)
{
	PL_TRY(pl_check_homes(checker, check_home));
	for (size_t i = 0; i < checker->n_subjects; i++)
		if (checker->subjects[i].overlay &&
		    checker->subjects[i].field->type_class == PL_CLASS_PADDING)
			PL_TRY(check_name(checker, &checker->subjects[i]));
	return NULL;
}
