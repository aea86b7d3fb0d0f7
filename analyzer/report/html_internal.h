/* SPDX-License-Identifier: MIT */
/* The parts of the HTML report. Whatever comes from outside goes through report/escape.h. */
#ifndef PAGELAP_REPORT_HTML_INTERNAL_H
#define PAGELAP_REPORT_HTML_INTERNAL_H

#include "report/escape.h"
#include "report/lanes.h"
#include "report/report.h"

/* The accesses to the bits of one cell. */
struct pl_html_uses {
	const struct pl_access **list; /* as the target has them */
	size_t count, capacity;
};

/* The accesses of a target, cell by cell. */
struct pl_html_usage {
	struct pl_row *rows;
	size_t n_rows, n_pages, n_columns;
	struct pl_html_uses *uses; /* by page, row, column */
};

/* The rows of a target's host. */
struct pl_html_rows {
	struct pl_row *list; /* NULL: nobody asked for them yet */
	size_t count;
};

/* What is being written. */
struct pl_html {
	const struct pl_report *report;
	struct pl_strbuf *out;
	struct pl_arena *arena;	     /* for as long as one part takes */
	struct pl_html_usage *usage; /* of the target; NULL: its code was not looked at */
	size_t *findings;	     /* of the target: indices into the report's merged ones */
	size_t n_findings;
	struct pl_html_rows *rows; /* of each target, while findings are written */
};

/* Where a cell of a byte map is. */
struct pl_html_cell {
	size_t target;			  /* index into the report's targets */
	const struct pl_overlay *overlay; /* NULL: the host */
	size_t column;			  /* 0 is the host, then the target's overlays */
	size_t page;
	size_t row;		   /* index of `bits` */
	const struct pl_row *bits; /* NULL: the head of the column */
};

/* Adds BEFORE, then TEXT as text, then AFTER. */
void pl_html_around(struct pl_html *html, const char *before, const char *text, const char *after);

/* Adds the marks and host fields that MEMBER touches: "=lru.next ~pp_magic". */
void pl_html_touches(struct pl_html *html, const struct pl_member *member);

/* Adds the same of what targets have in common. */
void pl_html_common_touch(struct pl_html *html, const struct pl_common_touch *touch);

/* The panel of target INDEX: what it is, its byte maps, and all that is below them. */
struct pl_error *pl_html_target(struct pl_html *html, size_t index) PL_MUST_CHECK;

/* The byte map of host position PAGE of target INDEX. */
struct pl_error *pl_html_map(struct pl_html *html, size_t index, size_t page) PL_MUST_CHECK;

/* What is in CELL, whose pieces are LANES. */
void pl_html_pieces(struct pl_html *html, const struct pl_html_cell *cell,
		    const struct pl_lanes *lanes);

/* Size and coverage of the overlays of target INDEX, and what they leave unused. */
void pl_html_overlays(struct pl_html *html, size_t index);

/* Every leaf of the overlays of target INDEX. */
void pl_html_members(struct pl_html *html, size_t index);

/* What TARGET asserts, and which records may be overlays; nothing if there are neither. */
void pl_html_pins(struct pl_html *html, const struct pl_target *target);

/* Reads the usage of TARGET into HTML. */
struct pl_error *pl_html_usage_read(struct pl_html *html,
				    const struct pl_target *target) PL_MUST_CHECK;

/* The accesses behind the cell of PAGE, ROW and COLUMN. */
struct pl_html_uses *pl_html_uses_at(const struct pl_html_usage *usage, size_t page, size_t row,
				     size_t column);

/* A link to the accesses behind CELL; nothing where there is none. */
void pl_html_use_link(struct pl_html *html, const struct pl_html_cell *cell);

/* The accesses of target INDEX, by cell; nothing where its code was not looked at. */
void pl_html_usage(struct pl_html *html, size_t index);

/* The panel of the findings. */
struct pl_error *pl_html_findings(struct pl_html *html) PL_MUST_CHECK;

/* Reads which findings are of target INDEX into HTML. */
struct pl_error *pl_html_findings_read(struct pl_html *html, size_t index) PL_MUST_CHECK;

/* Links to those that are about the bits, or the column, of CELL. */
void pl_html_finding_links(struct pl_html *html, const struct pl_html_cell *cell);

/* The panel of what differs between targets; only with a comparison. */
struct pl_error *pl_html_compare(struct pl_html *html) PL_MUST_CHECK;

/* Whether the member at PATH of OVERLAY is not the same on all targets that have the overlay. */
bool pl_html_differs(const struct pl_html *html, const char *overlay, const char *path);

/* On how many targets OVERLAY is; 0 where targets are not compared. */
size_t pl_html_targets_with(const struct pl_html *html, const char *overlay);

#endif
