/* SPDX-License-Identifier: MIT */
/* Kernels and rule packs in a few lines, and what a check finds, as lines of text. */
#ifndef PAGELAP_TESTS_CHECK_FIXTURE_H
#define PAGELAP_TESTS_CHECK_FIXTURE_H

#include "model/report.h"

/*
 * 64 bytes, on 32 bits 36: flags 0, lru 8 and 16, mapping 24, index 32,
 * private 40, page_type 48, _refcount 52, memcg_data 56.
 */
#define PAGE                                                                                       \
	"struct page { long flags; struct list_head lru; void *mapping; long index;"               \
	" long private; union { int page_type; atomic_t _mapcount; }; atomic_t _refcount;"         \
	" long memcg_data; };"

/* One kernel. What is 0 is usual. */
struct kernel {
	const char *name;	    /* NULL: "x" */
	const char *records;	    /* as of layout_records() */
	const char *release, *arch; /* NULL: not known */
	unsigned bits;		    /* 0: 64 */
	bool big;		    /* the first byte of a word is its highest */
	const struct pl_pin *pins;  /* the first without an expression ends them; NULL: not known */
	bool scanned;		    /* the tree was looked through */
	const char *candidate;	    /* one record that may be an overlay, or NULL */
	enum pl_candidate_how how;  /* it may be one */
	size_t places;		    /* where it shows so */
	const struct pl_access *code; /* the first without a record ends it; NULL: not looked at */
	const struct pl_finding *own; /* something that reading found, or NULL */
};

/* A rule in JSON with ' for ": id R, an error titled T. REST begins with a comma, or is empty. */
#define RULE(kind, rest) RULE_OF("R", kind, "error", rest)
#define RULE_OF(id, kind, severity, rest)                                                          \
	"{'id': '" id "', 'title': 'T', 'why': 'W', 'kind': '" kind "', 'severity': '" severity    \
	"'" rest "}"

/*
 * A rule pack for page in JSON with ' for ". Its words are flags, word1
 * (lru.next or head), word2 (lru.prev) and type (page_type or _mapcount);
 * padding, lists, locks, atomics, RCU heads and flags have their classes.
 * OVERLAYS and RULES are what stands in the arrays; NULL for an overlay "slab".
 */
struct pl_pack *check_pack(const char *overlays, const char *rules);

/* A kernel, mapped for PACK. */
struct pl_target *check_target(const struct pl_pack *pack, const struct kernel *kernel);

/* A report on KERNELS, of which one without records is the end. */
struct pl_report *check_report(const struct pl_pack *pack, const struct kernel *kernels);

/*
 * The findings of TARGET must be FOUND, in any number of lines, or SILENT:
 * "R error slab.cache lru.next 0:64+64: message", with - for what is NULL or
 * empty. The range is host position, offset and size in bits.
 */
void expect_findings(const struct pl_target *target, const char *found);

#define SILENT NULL

/* Found is what expect_findings() takes. */
struct check_case {
	struct kernel kernel;
	const char *overlays, *rules; /* as of check_pack() */
	const char *found;
};

/* Checks the one kernel of each case by the pack of it. */
void expect_case_list(const struct check_case *cases, size_t count);

#define expect_cases(...)                                                                          \
	do {                                                                                       \
		const struct check_case cases_[] = {__VA_ARGS__};                                  \
		expect_case_list(cases_, sizeof(cases_) / sizeof(*cases_));                        \
	} while (0)

#endif
