/* SPDX-License-Identifier: MIT */
/*
 * A target: one kernel as one compiler saw it, with the records read from it
 * and what analysis found. A target owns an arena; everything below it lives
 * there.
 */
#ifndef PAGELAP_MODEL_TARGET_H
#define PAGELAP_MODEL_TARGET_H

#include "model/access.h"
#include "model/constant.h"
#include "model/finding.h"
#include "model/overlay.h"
#include "model/pin.h"
#include "model/record.h"
#include "support/arena.h"

enum pl_source_kind {
	PL_SOURCE_UNKNOWN,
	PL_SOURCE_DWARF,
	PL_SOURCE_BTF,
	PL_SOURCE_HEADERS,
	PL_SOURCE_COUNT
};

enum pl_endian { PL_ENDIAN_UNKNOWN, PL_ENDIAN_LITTLE, PL_ENDIAN_BIG };

/* Where a target was read from. */
struct pl_source {
	enum pl_source_kind kind;
	const char *path;     /* as the user gave it */
	const char *build_id; /* lower-case hex, NULL where unknown */
};

struct pl_target {
	struct pl_arena *arena;
	const char *name;
	const char *arch; /* "x86_64", "arm64", "s390x" ...; NULL where unknown */
	unsigned bits;	  /* of a pointer: 32 or 64; 0 where unknown */
	enum pl_endian endian;
	const char *release;	   /* "7.2.13+deb14-arm64"; NULL where unknown */
	const char *compiler;	   /* NULL where unknown */
	const char *config_digest; /* "sha256:HEX" over the sorted option lines; NULL if unknown */
	struct pl_source source;   /* of the layout */
	const char *reader;	   /* of headers: "clang 19.1.7"; NULL elsewhere */

	/* What only source code says. A target of two sources has a layout from the one, these from
	 * the other. */
	struct pl_source
		pins_source; /* kind PL_SOURCE_UNKNOWN: there is none, pins are not known */
	struct pl_pin *pins; /* by overlay, then in the order of the source */
	size_t n_pins, pins_capacity;
	struct pl_constant *constants; /* in the order they were asked for; with the pins' source */
	size_t n_constants, constants_capacity;
	bool scanned;	     /* the tree was looked through, so that no candidate means none */
	bool only_asked_for; /* but not for overlays besides those that were asked for */
	struct pl_candidate *candidates;
	size_t n_candidates, candidates_capacity;
	struct pl_wanted_overlay
		*discovered; /* overlays that pins speak of, besides those asked for
			      */
	size_t n_discovered, discovered_capacity;

	struct pl_usage *usage; /* NULL: the code was not looked at */

	bool checked;		    /* against a rule pack, so that no finding means none */
	bool all_units;		    /* all definitions of the records were compared */
	struct pl_record **records; /* in the order they were asked for */
	size_t n_records, records_capacity;
	struct pl_finding *findings; /* what reading and analysis had to say of it */
	size_t n_findings, findings_capacity;

	bool saved; /* read from a report, which says below what was mapped: host, wanted, classes
		     */
	const char *host;		  /* name of the host record; NULL before pl_map_target() */
	struct pl_wanted_overlay *wanted; /* what pl_map_target() was asked for */
	size_t n_wanted;
	struct pl_overlay *overlays;
	size_t n_overlays;
	const char **absent; /* overlays of the rule pack that this target does not have */
	size_t n_absent;
	struct pl_host_range *byte_map; /* by page, then by offset; covers every host byte once */
	size_t n_byte_map;
	struct pl_bit_range *host_unused; /* host bits that no overlay uses */
	size_t n_host_unused;
	uint64_t map_effort;	   /* see map/map.h */
	struct pl_idle *host_idle; /* of the host's own fields, as of an overlay's members */
	size_t n_host_idle;
};

/* A new target with an arena, or NULL. Free it with pl_target_free(). */
struct pl_target *pl_target_new(void);

/* Frees TARGET and all below it; NULL is allowed. */
void pl_target_free(struct pl_target *target);

/* For PL_CLEANUP: frees *TARGET. */
void pl_target_cleanup(struct pl_target **target);

/* The record called NAME, or NULL. */
struct pl_record *pl_target_record(const struct pl_target *target, const char *name);

/* Adds RECORD, which must live in the arena of TARGET. */
struct pl_error *pl_target_add_record(struct pl_target *target,
				      struct pl_record *record) PL_MUST_CHECK;

/*
 * Adds a finding with a message; every string is copied. NULL where FINDING
 * says nothing of an overlay, member or host field. The fingerprint is made
 * here: it does not hold the target, so that targets can share a finding.
 */
struct pl_error *pl_target_add_finding(struct pl_target *target,
				       const struct pl_finding *finding) PL_MUST_CHECK;

/* Whether OVERLAY is one that pl_map_target() was asked for. */
bool pl_target_wants(const struct pl_target *target, const char *overlay);

/* Whether the source of TARGET says what it asserts, so that no pin means none. */
bool pl_target_has_pins(const struct pl_target *target);

/* Add a pin, a constant, a candidate, a discovered overlay; strings are copied. */
struct pl_error *pl_target_add_pin(struct pl_target *target,
				   const struct pl_pin *pin) PL_MUST_CHECK;
struct pl_error *pl_target_add_constant(struct pl_target *target,
					const struct pl_constant *constant) PL_MUST_CHECK;
struct pl_error *pl_target_add_candidate(struct pl_target *target,
					 const struct pl_candidate *candidate) PL_MUST_CHECK;
struct pl_error *pl_target_add_discovered(struct pl_target *target,
					  const struct pl_wanted_overlay *overlay) PL_MUST_CHECK;

/* Add to the usage of TARGET, which is made where there is none; strings are copied. */
struct pl_error *pl_target_add_access(struct pl_target *target,
				      const struct pl_access *access) PL_MUST_CHECK;
struct pl_error *pl_target_add_cast(struct pl_target *target,
				    const struct pl_cast *cast) PL_MUST_CHECK;
struct pl_error *pl_target_add_lost(struct pl_target *target,
				    const struct pl_lost_unit *lost) PL_MUST_CHECK;

/* Whether the usage of TARGET is that of all of its build, so that no access means none. */
bool pl_target_has_whole_usage(const struct pl_target *target);

/* The usage of TARGET, made where there is none; NULL without memory. */
struct pl_usage *pl_target_usage(struct pl_target *target);

/*
 * The bits of the host that ACCESS is about; false where TARGET does not map
 * its record, or has no such field in it. What goes on over several hosts is
 * counted from the first of them, as a member is.
 */
bool pl_target_access_range(const struct pl_target *target, const struct pl_access *access,
			    struct pl_bit_range *ret);

/* What TARGET says of WANTED; NULL where its source was not asked. */
const struct pl_constant *pl_target_constant(const struct pl_target *target,
					     const struct pl_wanted_constant *wanted);

/* Names used in reports; "unknown" is NULL in both directions. */
const char *pl_source_kind_name(enum pl_source_kind kind);
enum pl_source_kind pl_source_kind_parse(const char *name);
const char *pl_endian_name(enum pl_endian endian);
enum pl_endian pl_endian_parse(const char *name);

#endif
