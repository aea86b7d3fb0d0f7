/* SPDX-License-Identifier: MIT */
/* Every leaf of an overlay with its numbers, for whoever wants to copy them. */
#include "report/html_internal.h"
#include "report/layout_words.h"

static void add_size(struct pl_html *html, uint64_t bits)
{
	if (bits % 8)
		pl_strbuf_printf(html->out, "%ju bit%s", (uintmax_t)bits, bits == 1 ? "" : "s");
	else
		pl_strbuf_printf(html->out, "%ju", (uintmax_t)bits / 8);
}

static void add_declared(struct pl_html *html, const struct pl_place *place)
{
	if (place->file)
		pl_html_name(html->out, place->file);
	if (place->file && place->line)
		pl_strbuf_printf(html->out, ":%u", place->line);
}

static void add_member(struct pl_html *html, const struct pl_overlay *overlay,
		       const struct pl_member *member)
{
	const enum pl_mark mark = pl_mark_of_member(member);
	const char character[] = {pl_mark_character(mark), '\0'};
	struct pl_place place = pl_record_place(overlay->record, member->field);

	pl_strbuf_printf(html->out, "<tr><td class=\"n\">%zu</td><td class=\"n\">",
			 member->range.page);
	pl_add_member_numbers(html->out, member);
	pl_strbuf_add(html->out, "</td><td class=\"n\">");
	add_size(html, member->range.size);
	pl_strbuf_printf(html->out, "</td><th scope=\"row\" class=\"%s\">", pl_mark_name(mark));
	pl_html_around(html, "<b>", character, "</b>");
	pl_html_name(html->out, member->field->path);
	pl_html_around(html, "</th><td><code>", member->field->type, "</code></td><td>");
	pl_html_touches(html, member);
	pl_strbuf_add(html->out, "</td><td>");
	add_declared(html, &place);
	pl_strbuf_add(html->out, "</td></tr>\n");
}

static void add_overlay(struct pl_html *html, size_t index, size_t number)
{
	const struct pl_overlay *overlay = &html->report->targets[index]->overlays[number];

	pl_strbuf_printf(html->out, "<details id=\"t%zuo%zu\"><summary>", index, number);
	pl_html_around(html, overlay->record->is_union ? "union " : "struct ",
		       overlay->record->name, "");
	pl_strbuf_printf(html->out, ": all %zu members</summary>\n", overlay->n_members);
	pl_html_around(html, "<div class=\"wide\"><table class=\"members\"><caption>",
		       overlay->record->name, "</caption>\n");
	pl_strbuf_add(html->out,
		      "<thead><tr><th scope=\"col\">page</th><th scope=\"col\">bytes</th>"
		      "<th scope=\"col\">size</th><th scope=\"col\">member</th>"
		      "<th scope=\"col\">type</th><th scope=\"col\">lies on</th>"
		      "<th scope=\"col\">declared at</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < overlay->n_members; i++)
		add_member(html, overlay, &overlay->members[i]);
	pl_strbuf_add(html->out, "</tbody></table></div></details>\n");
}

void pl_html_members(struct pl_html *html, size_t index)
{
	for (size_t i = 0; i < html->report->targets[index]->n_overlays; i++)
		add_overlay(html, index, i);
}
