/* SPDX-License-Identifier: MIT */
/* Reporters: the model in, text out. One file per format. */
#ifndef PAGELAP_REPORT_REPORT_H
#define PAGELAP_REPORT_REPORT_H

#include "model/report.h"
#include "support/strbuf.h"

/* Appends REPORT as JSON ("pagelap-report/1", docs/report.schema.json), ended by a newline. */
struct pl_error *pl_report_json(const struct pl_report *report,
				struct pl_strbuf *ret) PL_MUST_CHECK;

/*
 * The same without what the map makes of the rest, in as few bytes as can be:
 * not for people, but for whoever reads it back and maps it again.
 */
struct pl_error *pl_report_json_unmapped(const struct pl_report *report,
					 struct pl_strbuf *ret) PL_MUST_CHECK;

struct pl_text_options {
	size_t width; /* columns to fit into, as far as single names let it */
	bool colour;  /* ANSI escapes */
	bool compact; /* one line per row and per overlay, and nothing that explains */
	bool alone;   /* nobody reads standard error beside it */
};

/* Appends REPORT as text for people: per target one table of host words against overlays. */
struct pl_error *pl_report_text(const struct pl_report *report,
				const struct pl_text_options *options,
				struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the answers of REPORT, which has some, as text for people. */
struct pl_error *pl_report_text_answers(const struct pl_report *report,
					const struct pl_text_options *options,
					struct pl_strbuf *ret) PL_MUST_CHECK;

/*
 * What follows wants pl_report_merge() to have been called.
 *
 * Appends REPORT as one HTML page that needs nothing else: a byte map per
 * target and page, what differs between targets, and the findings.
 */
struct pl_error *pl_report_html(const struct pl_report *report,
				struct pl_strbuf *ret) PL_MUST_CHECK;

/*
 * Appends REPORT as reStructuredText, as documentation of the kernel has it: a
 * table per overlay and target, what is unused, and the findings; or these alone.
 */
struct pl_error *pl_report_rst(const struct pl_report *report, struct pl_strbuf *ret) PL_MUST_CHECK;
struct pl_error *pl_report_rst_findings(const struct pl_report *report,
					struct pl_strbuf *ret) PL_MUST_CHECK;

/* The same as Markdown, with the tables of GitHub's. */
struct pl_error *pl_report_markdown(const struct pl_report *report,
				    struct pl_strbuf *ret) PL_MUST_CHECK;
struct pl_error *pl_report_markdown_findings(const struct pl_report *report,
					     struct pl_strbuf *ret) PL_MUST_CHECK;

/*
 * Appends the findings of REPORT as text for people, in the manner of a
 * compiler: where and what, then on which bytes and targets, and why that is a
 * rule. A summary is the last line.
 */
struct pl_error *pl_report_text_findings(const struct pl_report *report,
					 const struct pl_text_options *options,
					 struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the open findings of REPORT one line each: FILE:LINE: SEVERITY: MESSAGE [RULE]. */
struct pl_error *pl_report_plain(const struct pl_report *report,
				 struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the open findings of REPORT as reviewdog's Diagnostic, one JSON object a line. */
struct pl_error *pl_report_rdjsonl(const struct pl_report *report,
				   struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends REPORT as one run of SARIF 2.1.0, the findings whatever their state. */
struct pl_error *pl_report_sarif(const struct pl_report *report,
				 struct pl_strbuf *ret) PL_MUST_CHECK;

#endif
