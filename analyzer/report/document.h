/* SPDX-License-Identifier: MIT */
/* The report as a text document of any language: for documentation, mails and pull requests. */
#ifndef PAGELAP_REPORT_DOCUMENT_H
#define PAGELAP_REPORT_DOCUMENT_H

#include "model/report.h"
#include "report/markup.h"

/* What is being written. */
struct pl_document {
	const struct pl_markup *markup;
	const struct pl_report *report;
	struct pl_strbuf *out;
	struct pl_arena *arena;
};

/* Appends a table per overlay and target, what is unused, and the findings. */
struct pl_error *pl_document(const struct pl_markup *markup, const struct pl_report *report,
			     struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the findings, and what could not be told. */
struct pl_error *pl_document_findings(const struct pl_markup *markup,
				      const struct pl_report *report,
				      struct pl_strbuf *ret) PL_MUST_CHECK;

/* The parts of both. */
struct pl_error *pl_document_target(struct pl_document *document,
				    const struct pl_target *target) PL_MUST_CHECK;
struct pl_error *pl_document_overlay(struct pl_document *document, const struct pl_target *target,
				     const struct pl_overlay *overlay) PL_MUST_CHECK;
struct pl_error *pl_document_list_findings(struct pl_document *document) PL_MUST_CHECK;

/* Adds TITLE, text from outside. */
void pl_document_title(struct pl_document *document, unsigned level, const char *title);

/* Adds GRID, unless it has no rows. */
void pl_document_table(struct pl_document *document, const struct pl_grid *grid);

#endif
