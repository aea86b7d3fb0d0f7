/* SPDX-License-Identifier: MIT */
/* Size and coverage of overlays, and unused bits. */
#include <string.h>

#include "report/coverage.h"
#include "report/html_internal.h"
#include "report/layout_words.h"

/* The members of OVERLAY that no assertion pins, each by the name it is shown under. */
static void add_unpinned(struct pl_html *html, const struct pl_overlay *overlay)
{
	const char *before = NULL;

	for (size_t i = 0; i < overlay->n_members; i++) {
		const char *name = pl_item_name(overlay->record, overlay->members[i].field);

		if (!pl_is_unpinned(&overlay->members[i]) || (before && !strcmp(before, name)))
			continue;
		pl_strbuf_add(html->out, before ? ", <code>" : "<code>");
		pl_html_name(html->out, name);
		pl_strbuf_add(html->out, "</code>");
		before = name;
	}
}

static void add_coverage(struct pl_html *html, const struct pl_overlay *overlay)
{
	pl_strbuf_printf(
		html->out,
		"<td class=\"n\">%zu</td><td class=\"n\">%zu</td>"
		"<td><progress max=\"%zu\" value=\"%zu\" aria-label=\"pinned\"></progress>",
		overlay->used, overlay->pinned, overlay->used ? overlay->used : 1, overlay->pinned);
	pl_strbuf_add(html->out, "</td><td>");
	add_unpinned(html, overlay);
	pl_strbuf_add(html->out, "</td>");
}

static void add_overlay(struct pl_html *html, size_t index, size_t number)
{
	const struct pl_target *target = html->report->targets[index];
	const struct pl_overlay *overlay = &target->overlays[number];

	pl_strbuf_printf(html->out, "<tr><th scope=\"row\"><a href=\"#t%zuo%zu\">", index, number);
	pl_html_name(html->out, overlay->record->name);
	pl_strbuf_printf(html->out, "</a>%s</th><td class=\"n\">%ju</td><td class=\"n\">%zu</td>",
			 overlay->discovered ? " <small>discovered</small>" : "",
			 (uintmax_t)overlay->record->size / 8, overlay->pages);
	if (pl_target_has_pins(target))
		add_coverage(html, overlay);
	else
		pl_strbuf_printf(html->out, "<td class=\"n\">%zu</td>", overlay->used);
	pl_strbuf_add(html->out, "</tr>\n");
}

static void add_absent(struct pl_html *html, const struct pl_target *target)
{
	if (!target->n_absent)
		return;
	pl_strbuf_add(html->out, "<p>Not in this kernel:");
	for (size_t i = 0; i < target->n_absent; i++)
		pl_html_around(html, i ? ", <code>" : " <code>", target->absent[i], "</code>");
	pl_strbuf_add(html->out, ".</p>\n");
}

static void add_unused(struct pl_html *html, const struct pl_overlay *overlay,
		       const struct pl_unused *unused)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf when = PL_STRBUF_INIT;

	pl_add_condition(&when, overlay->record, unused);
	pl_strbuf_add(html->out, "<tr><th scope=\"row\">");
	pl_html_name(html->out, overlay->record->name);
	pl_strbuf_printf(html->out, "</th><td class=\"n\">%zu</td><td class=\"n\">",
			 unused->range.page);
	pl_add_numbers(html->out, &unused->range);
	pl_strbuf_printf(html->out, "</td><td>%s", pl_unused_why_name(unused->why));
	if (unused->pad)
		pl_html_around(html, " <code>", unused->pad->path, "</code>");
	pl_strbuf_add(html->out, "</td><td>");
	pl_strbuf_add(html->out, when.length ? "with " : "always");
	pl_html_name(html->out, when.text);
	pl_strbuf_add(html->out, "</td></tr>\n");
	html->out->failed |= when.failed;
}

/* A member of the overlay called NAME that code makes no full use of. */
static void add_idle(struct pl_html *html, const char *name, const struct pl_idle *idle)
{
	pl_strbuf_add(html->out, "<tr><th scope=\"row\">");
	pl_html_name(html->out, name);
	pl_strbuf_printf(html->out, "</th><td class=\"n\">%zu</td><td class=\"n\">",
			 idle->range.page);
	pl_add_numbers(html->out, &idle->range);
	pl_strbuf_printf(html->out, "</td><td>%s", pl_idle_why_name(idle->why));
	pl_html_around(html, " <code>", idle->field->path,
		       "</code></td><td>by code, under this name");
	pl_strbuf_add(html->out, "</td></tr>\n");
}

/* What no overlay uses belongs to the host. */
static void add_host_unused(struct pl_html *html, const struct pl_target *target)
{
	for (size_t i = 0; i < target->n_host_unused; i++) {
		pl_strbuf_add(html->out, "<tr><th scope=\"row\">");
		pl_html_name(html->out, target->host);
		pl_strbuf_printf(html->out, "</th><td class=\"n\">%zu</td><td class=\"n\">",
				 target->host_unused[i].page);
		pl_add_numbers(html->out, &target->host_unused[i]);
		pl_strbuf_add(html->out, "</td><td>no overlay uses it</td><td>always</td></tr>\n");
	}
}

static void add_all_unused(struct pl_html *html, const struct pl_target *target)
{
	pl_strbuf_add(html->out, "<div class=\"wide\"><table class=\"unused\">"
				 "<caption>Unused bytes</caption>\n<thead><tr>"
				 "<th scope=\"col\">overlay</th><th scope=\"col\">page</th>"
				 "<th scope=\"col\">bytes</th><th scope=\"col\">why</th>"
				 "<th scope=\"col\">when</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < target->n_overlays; i++) {
		const struct pl_overlay *overlay = &target->overlays[i];

		for (size_t j = 0; j < overlay->n_unused; j++)
			add_unused(html, overlay, &overlay->unused[j]);
		for (size_t j = 0; j < overlay->n_idle; j++)
			add_idle(html, overlay->record->name, &overlay->idle[j]);
	}
	add_host_unused(html, target);
	pl_strbuf_add(html->out, "</tbody></table></div>\n");
}

void pl_html_overlays(struct pl_html *html, size_t index)
{
	const struct pl_target *target = html->report->targets[index];

	pl_strbuf_add(html->out,
		      "<div class=\"wide\"><table class=\"overlays\"><caption>Overlays</caption>\n"
		      "<thead><tr><th scope=\"col\">overlay</th><th scope=\"col\">bytes</th>"
		      "<th scope=\"col\">hosts</th><th scope=\"col\">members in use</th>");
	if (pl_target_has_pins(target))
		pl_strbuf_add(html->out, "<th scope=\"col\">pinned</th><th scope=\"col\">coverage"
					 "</th><th scope=\"col\">not pinned</th>");
	pl_strbuf_add(html->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < target->n_overlays; i++)
		add_overlay(html, index, i);
	pl_strbuf_add(html->out, "</tbody></table></div>\n");
	add_absent(html, target);
	add_all_unused(html, target);
}
