/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"
#include "support/glob.h"

/* Longer paths than any: the outer parts of what is longer are not looked at. */
enum { MAX_PATH_LENGTH = 256 };

/* Takes the last component off PATH, or the last index: "a.b[1]" becomes "a.b", then "a". */
static bool shorten(char *path)
{
	size_t length = strlen(path);

	while (length && path[length] != '.' && path[length] != '[')
		length--;
	path[length] = '\0';
	return length;
}

/* A path fits as a whole, by its last component, or by the path of a record around it. */
static bool path_fits(const struct pl_matcher *matcher, const char *path)
{
	const char *last = path ? strrchr(path, '.') : NULL;
	char outer[MAX_PATH_LENGTH];
	size_t length = path ? strlen(path) : 0;

	if (!matcher->n_members || !path)
		return !matcher->n_members;
	if (pl_glob_any(matcher->members, matcher->n_members, path) ||
	    (last && pl_glob_any(matcher->members, matcher->n_members, last + 1)))
		return true;
	if (length >= sizeof(outer))
		return false;
	memcpy(outer, path, length + 1);
	while (shorten(outer))
		if (pl_glob_any(matcher->members, matcher->n_members, outer))
			return true;
	return false;
}

static bool type_fits(const struct pl_matcher *matcher, const struct pl_subject *subject)
{
	const struct pl_record *record = subject->record;
	size_t at = subject->field->container;

	if (!matcher->n_types ||
	    pl_glob_any(matcher->types, matcher->n_types, subject->field->type))
		return true;
	for (; at != PL_NONE; at = record->containers[at].parent)
		if (pl_glob_any(matcher->types, matcher->n_types, record->containers[at].type))
			return true;
	return false;
}

/* Whether MATCHER says what kind of members it is about. */
static bool has_kinds(const struct pl_matcher *matcher)
{
	return matcher->classes || matcher->n_types;
}

static bool kinds_fit(const struct pl_matcher *matcher, const struct pl_subject *subject)
{
	return (!matcher->classes || matcher->classes & pl_check_classes(subject)) &&
	       type_fits(matcher, subject);
}

static bool fits_record(const struct pl_matcher *matcher, const struct pl_checker *checker,
			const char *record, bool unknown)
{
	const struct pl_target *target = checker->target;

	if (matcher->n_overlays && !pl_glob_any(matcher->overlays, matcher->n_overlays, record))
		return false;
	if (matcher->n_archs && !target->arch && !unknown)
		return false;
	if (matcher->n_archs && target->arch &&
	    !pl_glob_any(matcher->archs, matcher->n_archs, target->arch))
		return false;
	if (matcher->bits && matcher->bits != pl_check_word_bits(target))
		return false;
	return pl_releases_have(&matcher->releases, target->release, unknown);
}

/* An exemption applies where it is not known whether it does. */
bool pl_matcher_fits_record(const struct pl_matcher *matcher, const struct pl_checker *checker,
			    const char *record)
{
	return fits_record(matcher, checker, record, matcher->reason);
}

bool pl_matcher_fits(const struct pl_matcher *matcher, const struct pl_checker *checker,
		     const struct pl_subject *subject, const struct pl_bit_range *word,
		     bool unknown)
{
	if (!kinds_fit(matcher, subject))
		return false;
	if (matcher->exact && word &&
	    (subject->range.offset != word->offset || subject->range.size != word->size))
		return false;
	return fits_record(matcher, checker, subject->record->name, unknown) &&
	       path_fits(matcher, subject->field->path);
}

bool pl_check_applies(const struct pl_checker *checker, const struct pl_subject *subject)
{
	const struct pl_rule *rule = checker->rule;

	if (!pl_matcher_fits(&rule->where, checker, subject, NULL, false))
		return false;
	for (size_t i = 0; i < rule->n_except; i++)
		if (pl_matcher_fits(&rule->except[i], checker, subject, NULL, true))
			return false;
	return true;
}

bool pl_check_applies_to(const struct pl_checker *checker, const char *record)
{
	const struct pl_rule *rule = checker->rule;

	if (!pl_matcher_fits_record(&rule->where, checker, record))
		return false;
	for (size_t i = 0; i < rule->n_except; i++)
		if (pl_matcher_fits_record(&rule->except[i], checker, record))
			return false;
	return true;
}

/* The first field of the member PATH of RECORD, or the one that it is a part of; NULL if there is
 * none. */
static const struct pl_subject *find_subject(const struct pl_checker *checker, const char *record,
					     const char *path)
{
	for (size_t i = 0; i < checker->n_subjects; i++) {
		const struct pl_subject *subject = &checker->subjects[i];

		if (!strcmp(subject->record->name, record) &&
		    (pl_path_is_within(subject->field->path, path) ||
		     pl_path_is_within(path, subject->field->path)))
			return subject;
	}
	return NULL;
}

/* Of what is not there nobody knows the kind. */
static bool fits_path(const struct pl_matcher *matcher, const struct pl_checker *checker,
		      const char *record, const char *path)
{
	const struct pl_subject *subject;

	if (!pl_matcher_fits_record(matcher, checker, record) || !path_fits(matcher, path))
		return false;
	if (!has_kinds(matcher))
		return true;
	subject = find_subject(checker, record, path);
	return subject && kinds_fit(matcher, subject);
}

bool pl_check_applies_to_path(const struct pl_checker *checker, const char *record,
			      const char *path)
{
	const struct pl_rule *rule = checker->rule;

	if (!fits_path(&rule->where, checker, record, path))
		return false;
	for (size_t i = 0; i < rule->n_except; i++)
		if (fits_path(&rule->except[i], checker, record, path))
			return false;
	return true;
}

const struct pl_overlay_facts *pl_check_facts(const struct pl_checker *checker, const char *name)
{
	for (size_t i = 0; i < checker->pack->n_overlays; i++)
		if (!strcmp(checker->pack->facts[i].name, name))
			return &checker->pack->facts[i];
	return NULL;
}
