/* SPDX-License-Identifier: MIT */
/* Words on lines that fit into the width. Escapes take no room. */
#ifndef PAGELAP_REPORT_TEXT_WRAP_H
#define PAGELAP_REPORT_TEXT_WRAP_H

#include "report/report.h"

struct pl_wrap {
	struct pl_strbuf *out;
	const struct pl_text_options *options;
	size_t indent; /* of the lines after the first */
	size_t column;
	bool fresh; /* no word on this line yet */
};

/* A paragraph on OUT, whose first line begins at column FIRST and the others at INDENT. */
struct pl_wrap pl_wrap_new(struct pl_strbuf *out, const struct pl_text_options *options,
			   size_t first, size_t indent);

/* Adds WORD with AFTER right behind it, in COLOUR (an escape, or "") if there are colours. */
void pl_wrap_word(struct pl_wrap *wrap, const char *colour, const char *word, const char *after);

/* Adds the words of TEXT, which spaces divide. */
void pl_wrap_text(struct pl_wrap *wrap, const char *colour, const char *text);

/* Ends the line. */
void pl_wrap_end(struct pl_wrap *wrap);

/*
 * Adds the paragraph "LABEL TEXT", indented by 4 columns and by 8 from its
 * second line on; nothing where TEXT is NULL or empty.
 */
void pl_wrap_note(struct pl_strbuf *out, const struct pl_text_options *options, const char *label,
		  const char *text);

#endif
