/* SPDX-License-Identifier: MIT */
/*
 * One file that needs nothing else: style and script are in it, and a policy
 * keeps a browser from asking any network for more. Without the script, the
 * panels stand one below the other.
 */
#include "report/html_files.h"
#include "report/html_internal.h"
#include "report/layout_words.h"
#include "support/version.h"

#define POLICY "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

void pl_html_around(struct pl_html *html, const char *before, const char *text, const char *after)
{
	pl_strbuf_add(html->out, before);
	pl_html_text(html->out, text);
	pl_strbuf_add(html->out, after);
}

static void add_bytes(struct pl_html *html, const char *before, const struct pl_bytes *bytes,
		      const char *after)
{
	pl_strbuf_add(html->out, before);
	pl_strbuf_add_bytes(html->out, (const char *)bytes->data, bytes->size);
	pl_strbuf_add(html->out, after);
}

/* "struct page", by the first target; "pagelap" where there is none. */
static void add_host_name(struct pl_html *html)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_report *report = html->report;

	if (report->n_targets && report->targets[0]->host)
		pl_add_host_name(&text, report->targets[0]);
	else
		pl_strbuf_add(&text, "pagelap");
	pl_html_text(html->out, text.text);
	html->out->failed |= text.failed;
}

static void add_head(struct pl_html *html)
{
	const struct pl_report *report = html->report;

	pl_strbuf_add(html->out,
		      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		      "<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, "
		      "initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<meta name=\"generator\" content=\"pagelap " PL_VERSION "\">\n");
	pl_strbuf_add(html->out, "<title>");
	add_host_name(html);
	pl_strbuf_add(html->out, " by overlay");
	for (size_t i = 0; i < report->n_targets; i++)
		pl_html_around(html, i ? ", " : ": ", report->targets[i]->name, "");
	add_bytes(html, "</title>\n<style>\n", &pl_html_style, "</style>\n</head>\n<body>\n");
}

static void add_failures(struct pl_html *html)
{
	const struct pl_report *report = html->report;

	if (!report->n_failures)
		return;
	pl_strbuf_add(html->out, "<section class=\"failures\"><h2>Could not tell</h2><ul>\n");
	for (size_t i = 0; i < report->n_failures; i++) {
		pl_html_around(html, "<li><b>", report->failures[i].target, "</b>: ");
		pl_html_around(html, "", report->failures[i].message, "</li>\n");
	}
	pl_strbuf_add(html->out, "</ul></section>\n");
}

static void add_title(struct pl_html *html)
{
	const struct pl_report *report = html->report;
	const char *verdict = pl_verdict_name(pl_report_verdict(report));

	pl_strbuf_add(html->out, "<header>\n<h1>");
	add_host_name(html);
	pl_strbuf_add(html->out, " <small>by overlay</small></h1>\n");
	pl_strbuf_printf(html->out,
			 "<p>%zu target%s. Verdict: <strong class=\"verdict %s\">%s</strong>. "
			 "pagelap " PL_VERSION "</p>\n",
			 report->n_targets, report->n_targets == 1 ? "" : "s", verdict, verdict);
	add_failures(html);
	pl_strbuf_add(html->out, "</header>\n");
}

static void add_legend_entry(struct pl_html *html, enum pl_mark mark)
{
	const char character[] = {pl_mark_character(mark), '\0'};

	pl_strbuf_printf(html->out, "<li class=\"m %s\"><b>", pl_mark_name(mark));
	pl_html_around(html, "", character, "</b> ");
	pl_html_around(html, "", pl_mark_words(mark), "</li>\n");
}

static void add_legend(struct pl_html *html)
{
	pl_strbuf_add(html->out, "<ul class=\"legend\" aria-label=\"Legend\">\n");
	for (int i = 0; i < PL_MARK_HOST; i++)
		add_legend_entry(html, (enum pl_mark)i);
	pl_strbuf_add(html->out, "<li><b class=\"finding\">!1</b> finding</li>\n"
				 "<li>side by side: alternatives of a union</li>\n"
				 "<li>42.3: bit 3 of byte 42, in memory order</li>\n</ul>\n");
}

static void add_tabs(struct pl_html *html)
{
	const struct pl_report *report = html->report;

	pl_strbuf_add(html->out, "<nav id=\"tabs\" aria-label=\"Parts of this report\">\n");
	for (size_t i = 0; i < report->n_targets; i++) {
		pl_strbuf_printf(html->out, "<a href=\"#t%zu\">", i);
		pl_html_around(html, "", report->targets[i]->name, "</a>\n");
	}
	if (report->comparison)
		pl_strbuf_add(html->out, "<a href=\"#differences\">Differences</a>\n");
	pl_strbuf_printf(html->out, "<a href=\"#findings\">Findings (%zu)</a>\n</nav>\n",
			 report->n_merged);
}

/* The switch stands before what it changes, so that the style alone can do it. */
static void add_switch(struct pl_html *html)
{
	if (html->report->comparison)
		pl_strbuf_add(html->out, "<input type=\"checkbox\" id=\"differ\">"
					 "<label for=\"differ\">show what differs between "
					 "targets (<b class=\"ne\">≠</b>)</label>\n");
}

static struct pl_error *add_panels(struct pl_html *html)
{
	pl_strbuf_add(html->out, "<main>\n");
	for (size_t i = 0; i < html->report->n_targets; i++)
		PL_TRY(pl_html_target(html, i));
	if (html->report->comparison)
		PL_TRY(pl_html_compare(html));
	PL_TRY(pl_html_findings(html));
	pl_strbuf_add(html->out, "</main>\n");
	return NULL;
}

struct pl_error *pl_report_html(const struct pl_report *report, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_html html = {.report = report, .out = ret, .arena = arena};

	if (!arena)
		return pl_error_no_memory();
	add_head(&html);
	add_title(&html);
	add_legend(&html);
	add_tabs(&html);
	add_switch(&html);
	PL_TRY(add_panels(&html));
	add_bytes(&html, "<script>\n", &pl_html_script, "</script>\n</body>\n</html>\n");
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
