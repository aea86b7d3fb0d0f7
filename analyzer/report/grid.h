/* SPDX-License-Identifier: MIT */
/* Tables of text documents: cells are put in first, and are aligned when all are known. */
#ifndef PAGELAP_REPORT_GRID_H
#define PAGELAP_REPORT_GRID_H

#include "support/arena.h"
#include "support/strbuf.h"

enum { PL_GRID_COLUMNS = 8 };

struct pl_grid {
	struct pl_arena *arena;
	size_t columns;		 /* at most PL_GRID_COLUMNS */
	const char *const *head; /* one per column */
	const char **cells;	 /* row by row, in the language of the document */
	size_t count, capacity;	 /* of cells */
};

/* A table without rows, in ARENA. HEAD stays the caller's. */
struct pl_grid pl_grid_new(struct pl_arena *arena, const char *const *head, size_t columns);

/* Adds the next cell, from the left: what CELL holds, which is then empty. */
struct pl_error *pl_grid_add(struct pl_grid *grid, struct pl_strbuf *cell) PL_MUST_CHECK;

/* Writes to WIDTHS how many characters the widest cell of each column has, the head counting. */
void pl_grid_widths(const struct pl_grid *grid, size_t widths[PL_GRID_COLUMNS]);

/* Adds TEXT, and spaces up to WIDTH characters. */
void pl_grid_pad(struct pl_strbuf *out, const char *text, size_t width);

#endif
