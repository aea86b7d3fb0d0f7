/* SPDX-License-Identifier: MIT */
/* What the source asserts, and the candidates. */
#include "report/html_internal.h"
#include "report/layout_words.h"

static void add_place(struct pl_html *html, const struct pl_place *place)
{
	if (place->file)
		pl_html_name(html->out, place->file);
	if (place->file && place->line)
		pl_strbuf_printf(html->out, ":%u", place->line);
}

static void add_pin(struct pl_html *html, const struct pl_target *target, const struct pl_pin *pin)
{
	pl_strbuf_add(html->out, "<tr><th scope=\"row\">");
	pl_html_name(html->out, pin->overlay ? pin->overlay : target->host);
	pl_strbuf_add(html->out, "</th><td><code>");
	pl_html_name(html->out, pin->expression);
	pl_strbuf_add(html->out, "</code></td><td class=\"n\">");
	if (pin->known)
		pl_strbuf_printf(html->out, "%jd, %jd", (intmax_t)pin->left, (intmax_t)pin->right);
	pl_strbuf_printf(html->out, "</td><td%s>%s</td><td>", pin->holds ? "" : " class=\"broken\"",
			 pin->holds ? "holds" : "! broken");
	add_place(html, &pin->place);
	pl_strbuf_add(html->out, "</td></tr>\n");
}

static void add_pins(struct pl_html *html, const struct pl_target *target)
{
	size_t broken = 0;

	for (size_t i = 0; i < target->n_pins; i++)
		broken += !target->pins[i].holds;
	pl_strbuf_printf(html->out, "<details%s><summary>%zu assertions about ",
			 broken ? " open" : "", target->n_pins);
	pl_html_around(html, "", target->host, " and its overlays");
	if (broken)
		pl_strbuf_printf(html->out, ", <strong>%zu broken</strong>", broken);
	if (!target->scanned)
		pl_strbuf_add(html->out, "; the tree was not looked through for more");
	pl_strbuf_add(html->out,
		      "</summary>\n<div class=\"wide\"><table class=\"pins\">"
		      "<caption>Assertions</caption>\n<thead><tr><th scope=\"col\">overlay</th>"
		      "<th scope=\"col\">assertion</th><th scope=\"col\">both sides</th>"
		      "<th scope=\"col\">holds</th><th scope=\"col\">written at</th></tr></thead>\n"
		      "<tbody>\n");
	for (size_t i = 0; i < target->n_pins; i++)
		add_pin(html, target, &target->pins[i]);
	pl_strbuf_add(html->out, "</tbody></table></div></details>\n");
}

static void add_candidate(struct pl_html *html, const struct pl_target *target,
			  const struct pl_candidate *candidate)
{
	bool is_union = candidate->how == PL_CANDIDATE_UNION;

	pl_html_around(html, candidate->is_union ? "<li><code>union " : "<li><code>struct ",
		       candidate->record, "</code> ");
	pl_html_around(html, is_union ? "holds a " : "is converted from or to a pointer to ",
		       target->host, " ");
	add_place(html, &candidate->place);
	if (candidate->places > 1)
		pl_strbuf_printf(html->out, " and %zu more", candidate->places - 1);
	pl_strbuf_add(html->out, "</li>\n");
}

void pl_html_pins(struct pl_html *html, const struct pl_target *target)
{
	if (target->n_pins)
		add_pins(html, target);
	if (!target->n_candidates)
		return;
	pl_strbuf_printf(html->out,
			 "<details><summary>%zu records that may be overlays, and of which no "
			 "assertion speaks</summary>\n<ul>\n",
			 target->n_candidates);
	for (size_t i = 0; i < target->n_candidates; i++)
		add_candidate(html, target, &target->candidates[i]);
	pl_strbuf_add(html->out, "</ul></details>\n");
}
