/* SPDX-License-Identifier: MIT */
/* Reports written, read back, and broken on the way. */
#ifndef PAGELAP_TESTS_REPORT_FIXTURE_H
#define PAGELAP_TESTS_REPORT_FIXTURE_H

#include <jansson.h>

#include "model/report.h"
#include "support/cursor.h"
#include "support/strbuf.h"

/* REPORT as JSON, its findings merged. */
struct pl_strbuf text_of(struct pl_report *report);

struct pl_bytes bytes_of(const struct pl_strbuf *text);

/* Maps the targets of REPORT, which was read from another, as they were mapped there. */
void map_all(struct pl_report *report);

/* Both are NULL, or the same string. */
void expect_same_text(const char *left, const char *right);

/* The value at a path like "targets[0].records". */
json_t *value_at(json_t *root, const char *path);

/*
 * What reading REPORT, which is freed, says when the value of KEY at PATH is VALUE instead; NULL:
 * is not there.
 */
void expect_refusal_of(struct pl_report *report, const char *path, const char *key,
		       const char *value, const char *message);

#endif
