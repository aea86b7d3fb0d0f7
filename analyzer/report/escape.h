/* SPDX-License-Identifier: MIT */
/*
 * Text from outside (names, paths, messages) in documents of a markup language:
 * whatever it holds, it is shown as text, and stays on its line. What is not
 * UTF-8 is taken as Latin-1.
 */
#ifndef PAGELAP_REPORT_ESCAPE_H
#define PAGELAP_REPORT_ESCAPE_H

#include "support/strbuf.h"
#include "support/utf8.h"

/* Adds TEXT to the content of an HTML element, or to a quoted value of an attribute. */
void pl_html_text(struct pl_strbuf *out, const char *text);

/* The same, where a browser may break the line behind '_', '.', '/' and ']'; not for attributes. */
void pl_html_name(struct pl_strbuf *out, const char *text);

/* Adds TEXT to a paragraph, a heading or a cell of a table of GitHub's Markdown. */
void pl_markdown_text(struct pl_strbuf *out, const char *text);

/* Adds TEXT as code to a cell of a table; outside of tables a '|' in it would show as '\|'. */
void pl_markdown_cell_code(struct pl_strbuf *out, const char *text);

/* Adds TEXT to a paragraph, a title or a cell of a table of reStructuredText; ASCII only. */
void pl_rst_text(struct pl_strbuf *out, const char *text);

/* Adds TEXT as a literal of reStructuredText, or as text where no literal can hold it. */
void pl_rst_literal(struct pl_strbuf *out, const char *text);

#endif
