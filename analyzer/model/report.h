/* SPDX-License-Identifier: MIT */
/* A report: targets, what could not be told, and the verdict. What reporters see. */
#ifndef PAGELAP_MODEL_REPORT_H
#define PAGELAP_MODEL_REPORT_H

#include "model/comparison.h"
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
		*comparison; /* NULL with fewer than two targets, or before it is made */
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

/* The target of REPORT called NAME, or NULL. */
const struct pl_target *pl_report_target(const struct pl_report *report, const char *name);

/* A report without a target is never clean. */
enum pl_verdict pl_report_verdict(const struct pl_report *report);

/* How many findings of SEVERITY there are, over all targets. */
size_t pl_report_count(const struct pl_report *report, enum pl_severity severity);

/* Names used in reports. */
const char *pl_verdict_name(enum pl_verdict verdict);
const char *pl_failure_kind_name(enum pl_error_kind kind);
bool pl_failure_kind_parse(const char *name, enum pl_error_kind *ret);

#endif
