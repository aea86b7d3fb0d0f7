/* SPDX-License-Identifier: MIT */
/* What differs between targets. */
#include <string.h>

#include "report/compared.h"
#include "report/html_internal.h"

static const struct pl_compared_overlay *find_overlay(const struct pl_html *html, const char *name)
{
	const struct pl_comparison *comparison = html->report->comparison;

	for (size_t i = 0; comparison && i < comparison->n_overlays; i++)
		if (!strcmp(comparison->overlays[i].name, name))
			return &comparison->overlays[i];
	return NULL;
}

bool pl_html_differs(const struct pl_html *html, const char *overlay, const char *path)
{
	const struct pl_compared_overlay *compared = find_overlay(html, overlay);

	for (size_t i = 0; compared && i < compared->n_members; i++)
		if (!strcmp(compared->members[i].path, path))
			return compared->members[i].n_variants > 1;
	return false;
}

size_t pl_html_targets_with(const struct pl_html *html, const char *overlay)
{
	const struct pl_compared_overlay *compared = find_overlay(html, overlay);

	return compared ? compared->n_targets : 0;
}

static void add_targets(struct pl_html *html, const size_t *targets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		pl_strbuf_printf(html->out, "%s<a href=\"#t%zu\">", i ? ", " : "", targets[i]);
		pl_html_around(html, "", html->report->targets[targets[i]]->name, "</a>");
	}
}

static void add_alike(struct pl_html *html)
{
	const struct pl_comparison *comparison = html->report->comparison;

	pl_strbuf_add(html->out, "<p>Targets on one line are alike in everything that is compared: "
				 "on which host fields, of which page and how, each member lies. "
				 "Offsets do not count.</p>\n<ul class=\"alike\">\n");
	for (size_t i = 0; i < comparison->n_alike; i++) {
		pl_strbuf_add(html->out, "<li>");
		add_targets(html, comparison->alike[i].targets, comparison->alike[i].n_targets);
		pl_strbuf_add(html->out, "</li>\n");
	}
	pl_strbuf_add(html->out, "</ul>\n");
}

static const struct pl_overlay *overlay_of(const struct pl_target *target, const char *name)
{
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, name))
			return &target->overlays[i];
	return NULL;
}

/* What OVERLAY, which may be NULL, is like on TARGET. */
static void add_presence(struct pl_html *html, const struct pl_target *target,
			 const struct pl_overlay *overlay)
{
	if (!overlay) {
		pl_strbuf_add(html->out, "<td class=\"absent\">absent</td>");
		return;
	}
	pl_strbuf_printf(html->out, "<td>%ju bytes", (uintmax_t)overlay->record->size / 8);
	if (pl_target_has_pins(target))
		pl_strbuf_printf(html->out, ", %zu of %zu pinned", overlay->pinned, overlay->used);
	pl_strbuf_add(html->out, "</td>");
}

static void add_matrix(struct pl_html *html)
{
	const struct pl_report *report = html->report;

	pl_strbuf_add(html->out,
		      "<div class=\"wide\"><table class=\"matrix\"><caption>Overlays by target"
		      "</caption>\n<thead><tr><th scope=\"col\">overlay</th>");
	for (size_t i = 0; i < report->n_targets; i++)
		pl_html_around(html, "<th scope=\"col\">", report->targets[i]->name, "</th>");
	pl_strbuf_add(html->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < report->comparison->n_overlays; i++) {
		const char *name = report->comparison->overlays[i].name;

		pl_html_around(html, "<tr><th scope=\"row\">", name, "</th>");
		for (size_t j = 0; j < report->n_targets; j++)
			add_presence(html, report->targets[j],
				     overlay_of(report->targets[j], name));
		pl_strbuf_add(html->out, "</tr>\n");
	}
	pl_strbuf_add(html->out, "</tbody></table></div>\n");
}

/* The targets of the variants that ROW is about: "all" where it is all that have the overlay. */
static void add_row_targets(struct pl_html *html, const struct pl_compared_member *member,
			    const struct pl_compared_row *row)
{
	const char *between = "";

	if (row->n_variants == member->n_variants) {
		pl_strbuf_add(html->out, "all");
		return;
	}
	for (size_t i = 0; i < row->n_variants; i++) {
		const struct pl_variant *variant = &member->variants[row->variants[i]];

		pl_strbuf_add(html->out, between);
		add_targets(html, variant->targets, variant->n_targets);
		between = ", ";
	}
}

static void add_row(struct pl_html *html, const struct pl_compared_member *member,
		    const struct pl_compared_row *row)
{
	size_t page = 0;

	pl_strbuf_add(html->out, "<td>");
	add_row_targets(html, member, row);
	pl_strbuf_add(html->out, "</td><td>");
	if (!row->n_touches)
		pl_strbuf_add(html->out, member->variants[row->variants[0]].present
						 ? "touches nothing"
						 : "not there");
	for (size_t i = 0; i < row->n_touches; i++) {
		if (row->touches[i]->page != page)
			pl_strbuf_printf(html->out, " page %zu", row->touches[i]->page);
		page = row->touches[i]->page;
		pl_html_common_touch(html, row->touches[i]);
	}
	pl_strbuf_add(html->out, "</td></tr>\n");
}

static struct pl_error *add_block(struct pl_html *html, const struct pl_compared_block *block)
{
	struct pl_compared_row *rows;
	size_t count;

	PL_TRY(pl_compared_rows(block->members[0], html->arena, &rows, &count));
	pl_strbuf_printf(html->out, "<tbody><tr><th scope=\"rowgroup\" rowspan=\"%zu\">", count);
	for (size_t i = 0; i < block->n_members; i++) {
		pl_strbuf_add(html->out, i ? ", " : "");
		pl_html_name(html->out, block->members[i]->path);
	}
	pl_strbuf_add(html->out, "</th>");
	for (size_t i = 0; i < count; i++) {
		pl_strbuf_add(html->out, i ? "<tr>" : "");
		add_row(html, block->members[0], &rows[i]);
	}
	pl_strbuf_add(html->out, "</tbody>\n");
	return NULL;
}

static struct pl_error *add_overlay(struct pl_html *html, const struct pl_compared_overlay *overlay)
{
	struct pl_compared_block *blocks;
	size_t count;

	PL_TRY(pl_compared_blocks(overlay, html->arena, &blocks, &count));
	if (!count)
		return NULL;
	pl_html_around(html, "<div class=\"wide\"><table class=\"compared\"><caption>",
		       overlay->name, "");
	pl_strbuf_printf(html->out,
			 ": %zu of %zu members the same</caption>\n"
			 "<col><col><col>\n<thead><tr>"
			 "<th scope=\"col\">members</th><th scope=\"col\">on</th>"
			 "<th scope=\"col\">lie on</th></tr></thead>\n",
			 overlay->same, overlay->n_members);
	for (size_t i = 0; i < count; i++)
		PL_TRY(add_block(html, &blocks[i]));
	pl_strbuf_add(html->out, "</table></div>\n");
	return NULL;
}

struct pl_error *pl_html_compare(struct pl_html *html)
{
	const struct pl_comparison *comparison = html->report->comparison;

	pl_strbuf_add(html->out,
		      "<section class=\"panel\" id=\"differences\"><h2>Differences</h2>\n");
	add_alike(html);
	add_matrix(html);
	for (size_t i = 0; i < comparison->n_overlays; i++)
		PL_TRY(add_overlay(html, &comparison->overlays[i]));
	pl_strbuf_add(html->out, "</section>\n");
	return NULL;
}
