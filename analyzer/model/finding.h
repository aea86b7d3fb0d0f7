/* SPDX-License-Identifier: MIT */
/* A finding: one rule broken at one place of one target. Plain data. */
#ifndef PAGELAP_MODEL_FINDING_H
#define PAGELAP_MODEL_FINDING_H

#include <stdbool.h>

enum pl_severity {
	PL_SEVERITY_NONE, /* as a threshold: nothing gates */
	PL_SEVERITY_INFO,
	PL_SEVERITY_WARNING,
	PL_SEVERITY_ERROR,
	PL_SEVERITY_COUNT
};

struct pl_finding {
	const char *rule;
	enum pl_severity severity;
	const char *overlay, *member, *host_field; /* NULL where it is about none */
	const char *message;
	const char
		*fingerprint; /* rule, overlay, member, host field, target: never a line number */
};

/* "error", "warning", "info", "none". */
const char *pl_severity_name(enum pl_severity severity);

/* The severity called NAME into *RET; false if there is none. */
bool pl_severity_parse(const char *name, enum pl_severity *ret);

#endif
