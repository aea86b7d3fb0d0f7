/* SPDX-License-Identifier: MIT */
/* What text and Markdown have in common to say of a difference. */
#ifndef PAGELAP_REPORT_DIFF_WORDS_H
#define PAGELAP_REPORT_DIFF_WORDS_H

#include "model/diff.h"
#include "support/strbuf.h"

/* One line of the change log. */
struct pl_change_row {
	const char *word;		 /* "moved", "grown" */
	struct pl_strbuf what, old, new; /* each may be empty */
};

#define PL_CHANGE_ROW_INIT                                                                         \
	{                                                                                          \
		.what = PL_STRBUF_INIT, .old = PL_STRBUF_INIT, .new = PL_STRBUF_INIT               \
	}

/* Fits PL_CLEANUP. */
void pl_change_row_release(struct pl_change_row *row);

/*
 * Fills ROW, which is empty, with the change of TARGET at INDEX, and with those
 * behind it that are the same finding of the same overlay's members. Returns
 * the index of the next; what does not fit into memory shows in ROW.
 */
size_t pl_change_row(const struct pl_diff_target *target, size_t index, struct pl_change_row *row);

/* Where the changes of TARGET from FIRST on, which are of one record or all findings, end. */
size_t pl_change_group(const struct pl_diff_target *target, size_t first);

/* "struct slab", "findings": what the changes from FIRST on are about. */
void pl_add_change_group(struct pl_strbuf *out, const struct pl_diff_target *target, size_t first);

/* "6.1.0-50-amd64, x86_64, headers linux-headers-6.1": which kernel TARGET is. */
void pl_add_target_identity(struct pl_strbuf *out, const struct pl_target *target);

/* "12 changes: 3 moved, 9 renamed", "no change", with what was ignored; no line end. */
void pl_add_diff_summary(struct pl_strbuf *out, const struct pl_diff *diff);

#endif
