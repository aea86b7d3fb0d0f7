/* SPDX-License-Identifier: MIT */
/* The parts of a rule pack, each loaded by a file of its own. */
#ifndef PAGELAP_CHECK_PACK_INTERNAL_H
#define PAGELAP_CHECK_PACK_INTERNAL_H

#include "check/load/json_load.h"
#include "model/pack.h"

/* Says which one of the objects under KEY the ERROR is about. */
struct pl_error *pl_pack_in(struct pl_error *error, const char *key, size_t index) PL_MUST_CHECK;

/* "6.2-", "-6.1", "6.2-6.10", "6.12" under "releases"; *RET stays as it is without the key. */
struct pl_error *pl_pack_releases(json_t *object, struct pl_releases *ret) PL_MUST_CHECK;

/* Names of type classes under "classes" as bits; *RET stays as it is without the key. */
struct pl_error *pl_pack_classes(json_t *object, unsigned *ret) PL_MUST_CHECK;

/* An integer from LEAST to MOST under KEY; *RET stays as it is without the key. */
struct pl_error *pl_pack_number(json_t *object, const char *key, uint64_t least, uint64_t most,
				uint64_t *ret) PL_MUST_CHECK;

/* A boolean under KEY; *RET stays as it is without the key. */
struct pl_error *pl_pack_flag(json_t *object, const char *key, bool *ret) PL_MUST_CHECK;

/* "words": what some bits of the host are called. */
struct pl_error *pl_pack_load_words(struct pl_pack *pack, json_t *root) PL_MUST_CHECK;

/* What OBJECT, an element of "overlays", says of the overlay beyond its name. */
struct pl_error *pl_pack_load_facts(struct pl_arena *arena, json_t *object,
				    struct pl_overlay_facts *ret) PL_MUST_CHECK;

/* "rules". The words have to be loaded before. */
struct pl_error *pl_pack_load_rules(struct pl_pack *pack, json_t *root) PL_MUST_CHECK;

/* "holds" of OBJECT, a rule: its expressions. */
struct pl_error *pl_pack_load_held(struct pl_arena *arena, json_t *object,
				   struct pl_rule *rule) PL_MUST_CHECK;

/* "macros", and the expressions of all rules that are not off. The rules have to be loaded before.
 */
struct pl_error *pl_pack_load_constants(struct pl_pack *pack, json_t *root) PL_MUST_CHECK;

/* The matcher in OBJECT, which may have the keys in EXTRA (ended by NULL) besides. */
struct pl_error *pl_pack_matcher(struct pl_arena *arena, json_t *object, const char *const *extra,
				 struct pl_matcher *ret) PL_MUST_CHECK;

/* Refuses "exact" in MATCHER, where it would say nothing. */
struct pl_error *pl_pack_no_word(const struct pl_matcher *matcher) PL_MUST_CHECK;

/* The matchers in the array under KEY; each needs a reason if REASONS. */
struct pl_error *pl_pack_matchers(struct pl_arena *arena, json_t *object, const char *key,
				  bool reasons, struct pl_matcher **ret,
				  size_t *count) PL_MUST_CHECK;

#endif
