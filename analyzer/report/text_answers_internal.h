/* SPDX-License-Identifier: MIT */
/* The parts of answers about code, as text. Each begins with an empty line if there is any of it.
 */
#ifndef PAGELAP_REPORT_TEXT_ANSWERS_INTERNAL_H
#define PAGELAP_REPORT_TEXT_ANSWERS_INTERNAL_H

#include "report/report.h"

/* What is being written. */
struct pl_answer_page {
	const struct pl_report *report;
	const struct pl_answers *answers;
	const struct pl_text_options *options;
	struct pl_strbuf *out;
};

/* Adds " on a, b" where COUNT is not that of the targets in SCOPE, which these are some of. */
void pl_answer_on(const struct pl_answer_page *page, const size_t *targets, size_t count,
		  size_t scope, struct pl_strbuf *out);

/* How many targets GROUP, inside of one with SCOPE of them, could have. */
size_t pl_answer_scope(const struct pl_answer_page *page, const struct pl_use_group *group,
		       size_t scope);

/* Adds where the field of GROUP lies: "bytes 32-39", on each of its targets where they differ. */
void pl_answer_bytes(const struct pl_answer_page *page, const struct pl_use_group *group,
		     struct pl_strbuf *out);

/* Units that were lost, one line for all of the same cause. */
struct pl_error *pl_answer_lost(const struct pl_usage *usage, struct pl_strbuf *out) PL_MUST_CHECK;

/* Groups, and in them the places. */
void pl_answer_uses(const struct pl_answer_page *page);

/* Groups as a table: how many accesses of each kind. */
void pl_answer_counts(const struct pl_answer_page *page);

/* What the byte is called; members that no code uses; two names; one architecture. */
void pl_answer_byte(const struct pl_answer_page *page);
void pl_answer_idle(const struct pl_answer_page *page);
void pl_answer_names(const struct pl_answer_page *page);
void pl_answer_singles(const struct pl_answer_page *page);

#endif
