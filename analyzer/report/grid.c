/* SPDX-License-Identifier: MIT */
#include "report/grid.h"

struct pl_grid pl_grid_new(struct pl_arena *arena, const char *const *head, size_t columns)
{
	return (struct pl_grid){.arena = arena, .columns = columns, .head = head};
}

struct pl_error *pl_grid_add(struct pl_grid *grid, struct pl_strbuf *cell)
{
	const char **cells = pl_arena_grow(grid->arena, grid->cells, grid->count, &grid->capacity,
					   sizeof(const char *));
	const char *text = pl_arena_strdup(grid->arena, cell->text);

	if (!cells || !text || pl_strbuf_failed(cell))
		return pl_error_no_memory();
	grid->cells = cells;
	cells[grid->count++] = text;
	pl_strbuf_truncate(cell, 0);
	return NULL;
}

/* Characters of UTF-8, whose further bytes are told by their two highest bits. */
static size_t width_of(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += (*text & 0xc0) != 0x80;
	return width;
}

void pl_grid_widths(const struct pl_grid *grid, size_t widths[PL_GRID_COLUMNS])
{
	for (size_t i = 0; i < grid->columns; i++)
		widths[i] = width_of(grid->head[i]);
	for (size_t i = 0, column = 0; i < grid->count; i++) {
		size_t width = width_of(grid->cells[i]);

		if (width > widths[column])
			widths[column] = width;
		column = column + 1 < grid->columns ? column + 1 : 0;
	}
}

void pl_grid_pad(struct pl_strbuf *out, const char *text, size_t width)
{
	pl_strbuf_add(out, text);
	for (size_t i = width_of(text); i < width; i++)
		pl_strbuf_add_char(out, ' ');
}
