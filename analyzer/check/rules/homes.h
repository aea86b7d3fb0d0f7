/* SPDX-License-Identifier: MIT */
/* Where the members of an overlay belong, as the pack says. */
#ifndef PAGELAP_CHECK_HOMES_H
#define PAGELAP_CHECK_HOMES_H

#include "check/rules/check_internal.h"

/* Whether HOME is one for the release of the target, or may be since that is not known. */
bool pl_home_is_current(const struct pl_checker *checker, const struct pl_home *home);

/* Whether it is, without a doubt. */
bool pl_home_is_surely_current(const struct pl_checker *checker, const struct pl_home *home);

/* Whether OTHER, of the same overlay, is one more home for the member of HOME, or may be. */
bool pl_home_is_another(const struct pl_checker *checker, const struct pl_home *home,
			const struct pl_home *other);

/* Whether FACTS have one more home for the member of HOME, on a word that the host has. */
bool pl_home_has_another(const struct pl_checker *checker, const struct pl_overlay_facts *facts,
			 const struct pl_home *home);

/* Whether WORD is one of those that RULE is on. */
bool pl_rule_is_on(const struct pl_rule *rule, const char *word);

/* Where OVERLAY has MEMBER, a field or a record; false if it has no bits of it. */
bool pl_member_extent(const struct pl_checker *checker, const struct pl_overlay *overlay,
		      const char *member, struct pl_bit_range *ret);

/* Where HOME says that it belongs, up to the end of the word; false if the host has no such word.
 */
bool pl_home_wanted(const struct pl_checker *checker, const struct pl_home *home,
		    struct pl_bit_range *ret);

/* The host field there, that of the word as far as it goes; or NULL. */
const char *pl_home_host_field(const struct pl_checker *checker, const struct pl_home *home);

/* Whether FACTS, which may be NULL, have a home for PATH or a record around it, in any release. */
bool pl_homes_know(const struct pl_overlay_facts *facts, const char *path);

/* The first field of the member of HOME, or NULL. */
const struct pl_subject *pl_home_subject(const struct pl_checker *checker,
					 const struct pl_overlay *overlay,
					 const struct pl_home *home);

typedef struct pl_error *pl_home_check(struct pl_checker *checker, const struct pl_overlay *overlay,
				       const struct pl_overlay_facts *facts,
				       const struct pl_home *home);

/* CHECK for every home that the pack knows of, of all overlays of the target. */
struct pl_error *pl_check_homes(struct pl_checker *checker, pl_home_check *check) PL_MUST_CHECK;

/*
 * Words on which members of overlays belong in every configuration of the
 * target's release, and which the host has by no name: a failure of the target
 * in REPORT for each, which names the rules that cannot tell.
 */
struct pl_error *pl_check_lost_words(const struct pl_checker *checker,
				     struct pl_report *report) PL_MUST_CHECK;

#endif
