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
};

/* Appends REPORT as text for people: per target one table of host words against overlays. */
struct pl_error *pl_report_text(const struct pl_report *report,
				const struct pl_text_options *options,
				struct pl_strbuf *ret) PL_MUST_CHECK;

#endif
