/* SPDX-License-Identifier: MIT */
/* The parts of the text report. */
#ifndef PAGELAP_REPORT_TEXT_INTERNAL_H
#define PAGELAP_REPORT_TEXT_INTERNAL_H

#include "report/item.h"
#include "report/mark.h"
#include "report/report.h"

/* One line of a cell. */
struct pl_entry {
	enum pl_mark mark;
	bool alternative; /* of a union that an entry before it is in too */
	char *text;	  /* name, and where it lies unless it fills the row */
};

struct pl_cell {
	struct pl_entry *entries;
	size_t count, capacity;
	size_t names; /* in all entries: the host's stand side by side */
};

/* What the host's own fields are on ROW. */
struct pl_error *pl_text_host_cell(const struct pl_record *host, const struct pl_row *row,
				   struct pl_arena *arena, struct pl_cell *ret) PL_MUST_CHECK;

/*
 * What OVERLAY has on ROW of the host position that begins BASE bits into it;
 * one entry "unused" where it has nothing.
 */
struct pl_error *pl_text_overlay_cell(const struct pl_overlay *overlay, uint64_t base,
				      const struct pl_row *row, struct pl_arena *arena,
				      struct pl_cell *ret) PL_MUST_CHECK;

/* Leaves of CELL the first name, and how many more there are: "lru.next +6". */
struct pl_error *pl_text_shorten(struct pl_cell *cell, struct pl_arena *arena) PL_MUST_CHECK;

/* The ANSI colour that MARK is shown in. */
const char *pl_mark_colour(enum pl_mark mark);

/* The table of TARGET for host position PAGE, in as many panels as the width takes. */
struct pl_error *pl_text_table(const struct pl_target *target, size_t page,
			       const struct pl_text_options *options,
			       struct pl_strbuf *ret) PL_MUST_CHECK;

/* The unused bits of each overlay and of the host, and the coverage; in short where OPTIONS say so.
 */
struct pl_error *pl_text_unused(const struct pl_target *target,
				const struct pl_text_options *options,
				struct pl_strbuf *ret) PL_MUST_CHECK;

/*
 * The COUNT idle members of RECORD in LIST: a paragraph each for those that code
 * does not touch, never reads, never writes; nothing where there are none.
 */
void pl_text_idle(struct pl_strbuf *out, const struct pl_record *record, const struct pl_idle *list,
		  size_t count, const struct pl_text_options *options);

/* What the source asserts, and the candidates; nothing if there are neither. */
struct pl_error *pl_text_pins(const struct pl_target *target, const struct pl_text_options *options,
			      struct pl_strbuf *ret) PL_MUST_CHECK;

/* What the targets of REPORT have in common; nothing if there are fewer than two. */
struct pl_error *pl_text_compare(const struct pl_report *report,
				 const struct pl_text_options *options,
				 struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the findings of all targets, one line per occurrence, then what could not be told. */
void pl_text_findings(const struct pl_report *report, const struct pl_text_options *options,
		      struct pl_strbuf *out);

/* Appends what could not be told, one line each. */
void pl_text_failures(const struct pl_report *report, const struct pl_text_options *options,
		      struct pl_strbuf *out);

/* The ANSI colour that SEVERITY is shown in. */
const char *pl_severity_colour(enum pl_severity severity);

/* Adds TEXT, in COLOUR (an escape) if there are colours. */
void pl_text_paint(struct pl_strbuf *out, const struct pl_text_options *options, const char *colour,
		   const char *text);

#endif
