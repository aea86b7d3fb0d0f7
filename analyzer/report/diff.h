/* SPDX-License-Identifier: MIT */
/* What differs between two reports, in the formats that people and programs read. */
#ifndef PAGELAP_REPORT_DIFF_H
#define PAGELAP_REPORT_DIFF_H

#include "model/diff.h"
#include "report/report.h"

/* Appends DIFF as text for people, in the manner of a change log: record by record. */
struct pl_error *pl_diff_text(const struct pl_diff *diff, const struct pl_text_options *options,
			      struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends DIFF as JSON ("pagelap-diff/1", docs/diff.schema.json), ended by a newline. */
struct pl_error *pl_diff_json(const struct pl_diff *diff, struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends DIFF in GitHub's Markdown: one table per record. */
struct pl_error *pl_diff_markdown(const struct pl_diff *diff, struct pl_strbuf *ret) PL_MUST_CHECK;

#endif
