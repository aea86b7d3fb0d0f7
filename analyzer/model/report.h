/* SPDX-License-Identifier: MIT */
/* A report: targets, what could not be told, and the verdict. What reporters see. */
#ifndef PAGELAP_MODEL_REPORT_H
#define PAGELAP_MODEL_REPORT_H

#include "model/answer.h"
#include "model/comparison.h"
#include "model/suppression.h"
#include "model/target.h"

#define PL_REPORT_SCHEMA "pagelap-report/1"

/* Something that could not be told: a source that could not be read, a record that is missing. */
struct pl_failure {
	const char *target; /* its name */
	const char *path;   /* of the source */
	enum pl_error_kind kind;
	const char *message;
};

enum pl_verdict {
	PL_VERDICT_CLEAN,
	PL_VERDICT_GATE_FAILED,	   /* a finding at or above the threshold */
	PL_VERDICT_COULD_NOT_TELL, /* no such finding, but something could not be told */
};

struct pl_report {
	struct pl_arena *arena;	    /* of the arrays and of the failures' strings */
	struct pl_target **targets; /* owned, in the order of the sources */
	size_t n_targets, targets_capacity;
	struct pl_failure *failures;
	size_t n_failures, failures_capacity;
	enum pl_severity fail_on; /* PL_SEVERITY_NONE: no finding gates */
	struct pl_comparison
		*comparison;	    /* NULL with fewer than two targets, or before it is made */
	struct pl_rule_info *rules; /* of the findings, and those that were looked at */
	size_t n_rules, rules_capacity;
	struct pl_suppression *suppressions;
	size_t n_suppressions;
	struct pl_baseline *baseline; /* NULL: none */
	/* The findings of all targets, errors first; made by pl_report_merge(). */
	struct pl_merged_finding *merged;
	size_t n_merged;
	const struct pl_answers *answers; /* NULL: nobody asked about the code */
};

/* A new, empty report that gates on errors, or NULL. Free it with pl_report_free(). */
struct pl_report *pl_report_new(void);

/* Frees REPORT and its targets; NULL is allowed. */
void pl_report_free(struct pl_report *report);

/* For PL_CLEANUP: frees *REPORT. */
void pl_report_cleanup(struct pl_report **report);

/* Adds TARGET, which belongs to REPORT from then on, unless there is an error. */
struct pl_error *pl_report_add_target(struct pl_report *report,
				      struct pl_target *target) PL_MUST_CHECK;

/* Takes target INDEX out of REPORT and frees it. */
void pl_report_drop_target(struct pl_report *report, size_t index);

/* Adds a failure; its strings are copied. */
struct pl_error *pl_report_add_failure(struct pl_report *report,
				       const struct pl_failure *failure) PL_MUST_CHECK;

/*
 * Adds ERROR, which it takes, to REPORT as what could not be told of the target
 * called NAME, of the source at PATH, while the others go on. Lack of memory is
 * about no target: that error is returned.
 */
struct pl_error *pl_report_note_error(struct pl_report *report, const char *name, const char *path,
				      struct pl_error *error) PL_MUST_CHECK;

/* The target of REPORT called NAME, or NULL. */
const struct pl_target *pl_report_target(const struct pl_report *report, const char *name);

/* A report without a target is never clean. */
enum pl_verdict pl_report_verdict(const struct pl_report *report);

/*
 * Makes one of the findings that targets share, in report->merged, anew each
 * time; they point into the targets. To be called when the findings are final.
 */
struct pl_error *pl_report_merge(struct pl_report *report) PL_MUST_CHECK;

/* How many merged findings of SEVERITY are in STATE on some target. */
size_t pl_report_count(const struct pl_report *report, enum pl_severity severity,
		       enum pl_finding_state state);

/* Adds RULE, its strings copied, unless one of its id is there. */
struct pl_error *pl_report_add_rule(struct pl_report *report,
				    const struct pl_rule_info *rule) PL_MUST_CHECK;

/* What is known of the rule called ID, or NULL. */
const struct pl_rule_info *pl_report_rule(const struct pl_report *report, const char *id);

/* Names used in reports. */
const char *pl_verdict_name(enum pl_verdict verdict);
const char *pl_failure_kind_name(enum pl_error_kind kind);
bool pl_failure_kind_parse(const char *name, enum pl_error_kind *ret);

#endif
