/* SPDX-License-Identifier: MIT */
/* What the evaluators of rules share. Each kind of rule is one function below. */
#ifndef PAGELAP_CHECK_CHECK_INTERNAL_H
#define PAGELAP_CHECK_CHECK_INTERNAL_H

#include "model/pack.h"
#include "model/report.h"

/* A member that rules are applied to: of an overlay, or a field of the host itself. */
struct pl_subject {
	const struct pl_overlay *overlay; /* NULL: the host */
	const struct pl_record *record;
	const struct pl_field *field;
	struct pl_bit_range range; /* where it lies, from the start of its host position */
};

/* One rule and one target at a time. */
struct pl_checker {
	const struct pl_pack *pack;
	const struct pl_report *report;
	struct pl_target *target;
	const struct pl_record *host;
	const struct pl_rule *rule;
	struct pl_subject *subjects; /* of overlays in their order, then the host's */
	size_t n_subjects;
	size_t looks, told; /* by the rule, at the target: see pl_check_look() */
};

/*
 * For rules about code, of which a saved report may have as much as it likes:
 * count what grows faster than the code, a look from one access to another or
 * a piece of evidence. Beyond what any kernel takes it is an error, of kind
 * PL_ERROR_UNREADABLE.
 */
struct pl_error *pl_check_look(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_check_tell(struct pl_checker *checker) PL_MUST_CHECK;

/* Fills subjects from the mapped target; members without a size are none. */
struct pl_error *pl_check_subjects(struct pl_checker *checker) PL_MUST_CHECK;

/* Bits of a word of TARGET: 32 or 64, from the size of a pointer; 64 where that is not known. */
uint64_t pl_check_word_bits(const struct pl_target *target);

/* Whether RECORD has the field or the record PATH, of any size. */
bool pl_check_has(const struct pl_record *record, const char *path);

/* Where the host has WORD, the name of a word of the pack or the path of a field. */
bool pl_check_word(const struct pl_checker *checker, const char *word, struct pl_bit_range *ret);

/*
 * The first host field of WORD, by the name that the host has for it, whatever
 * else is on these bits; NULL if the host has none, or it is padding there.
 */
const struct pl_field *pl_check_word_field(const struct pl_checker *checker, const char *word);

/* The same of the word of the pack that is just the bits in RANGE, the first of several. */
const struct pl_field *pl_check_word_at(const struct pl_checker *checker,
					const struct pl_bit_range *range);

/* Whether PATH is one of the names of WORD, or lies in it. */
bool pl_check_names_word(const struct pl_checker *checker, const char *word, const char *path);

/* The path of the outermost lock, atomic, flag word or pad around the field of SUBJECT, or its own.
 */
const char *pl_check_name(const struct pl_subject *subject);

/* SIZE bits at OFFSET from the start of OVERLAY, or of the host if that is NULL. */
struct pl_bit_range pl_check_range(const struct pl_checker *checker,
				   const struct pl_overlay *overlay, uint64_t offset,
				   uint64_t size);

/* What pl_check_name() names: the record, or the field itself. */
struct pl_named {
	const char *type;
	struct pl_bit_range range; /* as that of a subject */
};

struct pl_named pl_check_named(const struct pl_checker *checker, const struct pl_subject *subject);

/* The class of the field, and of every record around it, as bits. */
unsigned pl_check_classes(const struct pl_subject *subject);

/*
 * Whether MATCHER fits SUBJECT; WORD is what "exact" speaks of and may be
 * NULL. UNKNOWN is the answer where architecture or release are not known and
 * MATCHER is about some: silence before a false alarm.
 */
bool pl_matcher_fits(const struct pl_matcher *matcher, const struct pl_checker *checker,
		     const struct pl_subject *subject, const struct pl_bit_range *word,
		     bool unknown);

/* The same for an overlay, or the host, as a whole, of a rule that is about no members. */
bool pl_matcher_fits_record(const struct pl_matcher *matcher, const struct pl_checker *checker,
			    const char *record);

/* Whether the rule applies to SUBJECT, or to the record as a whole: where, and no exemption. */
bool pl_check_applies(const struct pl_checker *checker, const struct pl_subject *subject);
bool pl_check_applies_to(const struct pl_checker *checker, const char *record);

/*
 * The same for a member by its path alone, which need not be there: then it is of no class. PATH
 * may be NULL, which is about none.
 */
bool pl_check_applies_to_path(const struct pl_checker *checker, const char *record,
			      const char *path);

/* What the pack knows of the overlay called NAME, or NULL. */
const struct pl_overlay_facts *pl_check_facts(const struct pl_checker *checker, const char *name);

/*
 * Adds a finding of the rule about SUBJECT and RANGE of the host. Of one rule,
 * an overlay, a member and a host field tell findings apart; what is there
 * already is not added twice.
 */
struct pl_error *pl_check_add(const struct pl_checker *checker, const struct pl_subject *subject,
			      struct pl_bit_range range, const char *format, ...)
	PL_PRINTF(4, 5) PL_MUST_CHECK;

/* The same about the record MEMBER that SUBJECT is in, and about HOST_FIELD, which may be NULL. */
struct pl_about {
	const struct pl_subject *subject;
	const char *member;
	struct pl_bit_range range;
	const struct pl_field *host_field;
};

struct pl_error *pl_check_add_about(const struct pl_checker *checker, const struct pl_about *about,
				    const char *format, ...) PL_PRINTF(3, 4) PL_MUST_CHECK;

/* The same about the bits in RANGE that no member of RECORD has. */
struct pl_error *pl_check_add_range(const struct pl_checker *checker,
				    const struct pl_record *record,
				    const struct pl_bit_range *range, const char *format, ...)
	PL_PRINTF(4, 5) PL_MUST_CHECK;

/* The same about a record, or a member of it that is there no more; MEMBER and HOST_FIELD may be
 * NULL. */
struct pl_error *pl_check_add_record(const struct pl_checker *checker,
				     const struct pl_record *record, const char *member,
				     const char *host_field, const char *format, ...)
	PL_PRINTF(5, 6) PL_MUST_CHECK;

/* Accesses that a finding rests on. */
struct pl_trail {
	struct pl_evidence *list;
	size_t count, capacity;
};

/* Adds ACCESS to TRAIL: "writes page.index", "takes the address of page.lru (list_add)". */
struct pl_error *pl_trail_add(struct pl_checker *checker, const struct pl_access *access,
			      struct pl_trail *trail) PL_MUST_CHECK;

/* Puts TRAIL in the order of accesses. */
void pl_trail_sort(struct pl_trail *trail);

/* The same about the MEMBER of RECORD, and about HOST_FIELD, which may be NULL: paths of either. */
struct pl_trail_about {
	const struct pl_record *record;
	const char *member;
	const char *host_field;
	struct pl_bit_range range;
};

struct pl_error *pl_check_add_trail(const struct pl_checker *checker,
				    const struct pl_trail_about *about, struct pl_trail *trail,
				    const char *format, ...) PL_PRINTF(4, 5) PL_MUST_CHECK;

/* The outermost named member that PATH is, or is in: "lru" of "lru.next"; in the target's arena. */
const char *pl_check_outermost(const struct pl_checker *checker, const char *path);

/* The same about what is no part of any record: TEXT tells it apart, and takes a member's place. */
struct pl_error *pl_check_add_text(const struct pl_checker *checker, const char *text,
				   const struct pl_place *place, const char *format, ...)
	PL_PRINTF(4, 5) PL_MUST_CHECK;

/* "bytes 8-15 of page 1", "byte 4, bits 3-7": pl_write_bits(), in the target's arena. */
const char *pl_check_bytes(const struct pl_checker *checker, const struct pl_bit_range *range);

/*
 * What findings about the bits in RANGE are told apart by: the field of the
 * word that is just these, else the first host field on them, whole names before parts;
 * NULL if there is none.
 */
const struct pl_field *pl_check_host_field(const struct pl_checker *checker,
					   const struct pl_bit_range *range);

/* The kinds of rules, each in a file of its own. */
struct pl_error *pl_rule_reading(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_place(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_type(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_listed(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_touch(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_size(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_asserted(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_end(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_host_size(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_host_align(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_host_gap(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_wide(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_fit(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_aligned(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_together(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_apart(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_pinned(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_candidate(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_pad(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_hole(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_alias(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_owned(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_colive(struct pl_checker *checker) PL_MUST_CHECK;
struct pl_error *pl_rule_constant(struct pl_checker *checker) PL_MUST_CHECK;

#endif
