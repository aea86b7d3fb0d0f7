/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/html_internal.h"
#include "report/layout_words.h"

static void add_row(struct pl_html *html, const char *label, const char *value)
{
	if (!value)
		return;
	pl_strbuf_printf(html->out, "<div><dt>%s</dt>", label);
	pl_html_around(html, "<dd>", value, "</dd></div>\n");
}

static void add_source(struct pl_html *html, const struct pl_target *target)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_strbuf_printf(&text, "%s: %s", pl_source_kind_name(target->source.kind),
			 target->source.path);
	add_row(html, "source", text.text);
	if (pl_target_has_pins(target) && strcmp(target->pins_source.path, target->source.path))
		add_row(html, "assertions", target->pins_source.path);
	html->out->failed |= text.failed;
}

/* Who reads a report has to be able to say which kernel it is about. */
static void add_identity(struct pl_html *html, const struct pl_target *target)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_record *host = pl_target_record(target, target->host);

	pl_strbuf_add(html->out, "<dl class=\"identity\">\n");
	pl_add_kind_of_target(&text, target);
	if (text.length)
		add_row(html, "kernel", text.text);
	add_source(html, target);
	pl_strbuf_truncate(&text, 0);
	pl_add_host_name(&text, target);
	pl_strbuf_printf(&text, ", %ju bytes", (uintmax_t)host->size / 8);
	add_row(html, "host", text.text);
	add_row(html, "build-id", target->source.build_id);
	add_row(html, "compiler", target->compiler);
	add_row(html, "config", target->config_digest);
	add_row(html, "reader", target->reader);
	pl_strbuf_add(html->out, "</dl>\n");
	html->out->failed |= text.failed;
}

static struct pl_error *add_maps(struct pl_html *html, size_t index)
{
	size_t pages = pl_most_pages(html->report->targets[index]);

	PL_TRY(pl_html_map(html, index, 0));
	if (pages == 1)
		return NULL;
	pl_strbuf_add(html->out, "<div class=\"pages\">\n");
	for (size_t page = 1; page < pages; page++)
		PL_TRY(pl_html_map(html, index, page));
	pl_strbuf_add(html->out, "</div>\n");
	return NULL;
}

struct pl_error *pl_html_target(struct pl_html *html, size_t index)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	const struct pl_target *target = html->report->targets[index];
	struct pl_html own = {.report = html->report, .out = html->out, .arena = arena};

	if (!arena)
		return pl_error_no_memory();
	pl_strbuf_printf(html->out, "<section class=\"panel\" id=\"t%zu\">", index);
	pl_html_around(html, "<h2>", target->name, "</h2>\n");
	add_identity(&own, target);
	PL_TRY(pl_html_findings_read(&own, index));
	PL_TRY(pl_html_usage_read(&own, target));
	PL_TRY(add_maps(&own, index));
	pl_html_overlays(&own, index);
	pl_html_pins(&own, target);
	pl_html_members(&own, index);
	pl_html_usage(&own, index);
	pl_strbuf_add(html->out, "</section>\n");
	return NULL;
}
