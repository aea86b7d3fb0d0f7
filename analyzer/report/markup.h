/* SPDX-License-Identifier: MIT */
/* What a language for text documents does each in its own way. */
#ifndef PAGELAP_REPORT_MARKUP_H
#define PAGELAP_REPORT_MARKUP_H

#include "report/grid.h"

struct pl_markup {
	/* Text from outside, in a paragraph, a title or a cell. */
	void (*text)(struct pl_strbuf *out, const char *text);
	/* A name or a type, in a cell. */
	void (*code)(struct pl_strbuf *out, const char *text);
	/* TITLE, which is in the language already, of LEVEL 1 to 3, with what stands around it. */
	void (*title)(struct pl_strbuf *out, unsigned level, const char *title);
	/* GRID, which has a row at least, with what stands around it. */
	void (*table)(struct pl_strbuf *out, const struct pl_grid *grid);
};

extern const struct pl_markup pl_markdown;
extern const struct pl_markup pl_rst;

#endif
