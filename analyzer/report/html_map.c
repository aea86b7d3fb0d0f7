/* SPDX-License-Identifier: MIT */
/*
 * The byte map: one row per host word, divided where a host field ends; one
 * column for the host, and one per overlay that reaches the page.
 */
#include "report/html_internal.h"
#include "report/layout_words.h"

/* A map, and what its cells are made of. */
struct map {
	struct pl_html *html;
	const struct pl_target *target;
	const struct pl_record *host;
	size_t index, page;
	struct pl_row *rows;
	size_t n_rows;
	struct pl_lanes *lanes; /* by row, then by column; none where there is no such column */
	size_t n_columns;	/* the host's, and those of all overlays */
};

static const struct pl_overlay *overlay_of(const struct map *map, size_t column)
{
	return column ? &map->target->overlays[column - 1] : NULL;
}

static bool is_shown(const struct map *map, size_t column)
{
	return !column || map->page < map->target->overlays[column - 1].pages;
}

static struct pl_lanes *lanes_of(const struct map *map, size_t row, size_t column)
{
	return &map->lanes[row * map->n_columns + column];
}

static struct pl_error *fill(struct map *map)
{
	struct pl_arena *arena = map->html->arena;

	PL_TRY(pl_host_rows(map->target, arena, &map->rows, &map->n_rows));
	map->n_columns = map->target->n_overlays + 1;
	map->lanes = pl_arena_array(arena, map->n_rows * map->n_columns, sizeof(*map->lanes));
	if (!map->lanes)
		return pl_error_no_memory();
	for (size_t r = 0; r < map->n_rows; r++) {
		PL_TRY(pl_host_lanes(map->host, map->page, &map->rows[r], arena,
				     lanes_of(map, r, 0)));
		for (size_t c = 1; c < map->n_columns; c++)
			if (is_shown(map, c))
				PL_TRY(pl_overlay_lanes(overlay_of(map, c), map->host, map->page,
							&map->rows[r], arena, lanes_of(map, r, c)));
	}
	return NULL;
}

/* A column is as wide as what it has side by side needs. */
static void add_widths(const struct map *map)
{
	pl_strbuf_add(map->html->out, "<col class=\"bytes\"><col class=\"host\">");
	for (size_t c = 1; c < map->n_columns; c++) {
		size_t most = 1;

		for (size_t r = 0; r < map->n_rows && is_shown(map, c); r++)
			if (lanes_of(map, r, c)->count > most)
				most = lanes_of(map, r, c)->count;
		if (is_shown(map, c))
			pl_strbuf_printf(map->html->out, "<col class=\"w%zu\">",
					 most < 4 ? most : 4);
	}
	pl_strbuf_add_char(map->html->out, '\n');
}

static void add_column_head(const struct map *map, size_t column)
{
	struct pl_html *html = map->html;
	const struct pl_overlay *overlay = overlay_of(map, column);
	const struct pl_record *record = overlay ? overlay->record : map->host;
	size_t there = overlay ? pl_html_targets_with(html, record->name) : 0;
	bool differs = there && there < html->report->n_targets;
	struct pl_html_cell cell = {map->index, overlay, column, map->page, 0, NULL};

	pl_strbuf_printf(html->out, "<th scope=\"col\" id=\"t%zup%zuc%zu\"%s>", map->index,
			 map->page, column, differs ? " class=\"d\"" : "");
	pl_html_finding_links(html, &cell);
	pl_html_name(html->out, record->name);
	if (differs)
		pl_strbuf_printf(html->out, " <span class=\"ne\">≠ on %zu of %zu</span>", there,
				 html->report->n_targets);
	pl_strbuf_add(html->out, "</th>");
}

static void add_head(const struct map *map)
{
	struct pl_html *html = map->html;

	pl_html_around(html, map->host->is_union ? "<caption>union " : "<caption>struct ",
		       map->host->name, "");
	if (pl_most_pages(map->target) > 1)
		pl_strbuf_printf(html->out, ", page %zu", map->page);
	pl_html_around(html, " <small>", map->target->name, "</small></caption>\n");
	add_widths(map);
	pl_strbuf_add(html->out, "<thead><tr><th scope=\"col\">bytes</th>");
	for (size_t c = 0; c < map->n_columns; c++)
		if (is_shown(map, c))
			add_column_head(map, c);
	pl_strbuf_add(html->out, "</tr></thead>\n<tbody>\n");
}

static void add_row(const struct map *map, size_t row)
{
	struct pl_html *html = map->html;
	const struct pl_row *bits = &map->rows[row];
	const struct pl_bit_range range = {map->page, bits->offset, bits->size};

	pl_strbuf_add(html->out, "<tr><th scope=\"row\">");
	pl_add_numbers(html->out, &range);
	pl_strbuf_add(html->out, "</th>\n");
	for (size_t c = 0; c < map->n_columns; c++) {
		struct pl_html_cell cell = {map->index, overlay_of(map, c), c, map->page, row,
					    bits};

		if (!is_shown(map, c))
			continue;
		pl_strbuf_printf(html->out, "<td id=\"t%zup%zur%zuc%zu\"%s>", map->index, map->page,
				 row, c, c ? "" : " class=\"host\"");
		pl_html_finding_links(html, &cell);
		pl_html_pieces(html, &cell, lanes_of(map, row, c));
		pl_html_use_link(html, &cell);
		pl_strbuf_add(html->out, "</td>\n");
	}
	pl_strbuf_add(html->out, "</tr>\n");
}

/* Wider ones than the window are moved in a box of their own, which the keyboard reaches. */
struct pl_error *pl_html_map(struct pl_html *html, size_t index, size_t page)
{
	const struct pl_target *target = html->report->targets[index];
	struct map map = {.html = html,
			  .target = target,
			  .host = pl_target_record(target, target->host),
			  .index = index,
			  .page = page};

	PL_TRY(fill(&map));
	pl_strbuf_printf(html->out,
			 "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
			 "aria-label=\"Byte map, page %zu\">\n<table class=\"map\">",
			 page);
	add_head(&map);
	for (size_t r = 0; r < map.n_rows; r++)
		add_row(&map, r);
	pl_strbuf_add(html->out, "</tbody></table></div>\n");
	return NULL;
}
