/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/text_internal.h"
#include "report/text_wrap.h"

/* The most columns of the legend, however wide tables are. */
enum { LEGEND_WIDTH = 100 };

static void add_known(struct pl_strbuf *out, const char *before, const char *text)
{
	if (text)
		pl_strbuf_printf(out, "%s%s", before, text);
}

static void add_head(struct pl_strbuf *out, const struct pl_target *target)
{
	const struct pl_record *host = pl_target_record(target, target->host);
	const char *endian = pl_endian_name(target->endian);

	pl_strbuf_printf(out, "%s", target->name);
	add_known(out, "  ", target->release);
	if (target->arch && strcmp(target->arch, target->name))
		add_known(out, "  ", target->arch);
	if (target->bits)
		pl_strbuf_printf(out, "  %u-bit", target->bits);
	if (endian)
		pl_strbuf_printf(out, "  %s-endian", endian);
	pl_strbuf_printf(out, "\nfrom %s  %s", pl_source_kind_name(target->source.kind),
			 target->source.path);
	add_known(out, "\nbuild-id  ", target->source.build_id);
	add_known(out, "\ncompiler  ", target->compiler);
	add_known(out, "\nconfig    ", target->config_digest);
	add_known(out, "\nreader    ", target->reader);
	if (pl_target_has_pins(target) && strcmp(target->pins_source.path, target->source.path))
		add_known(out, "\npins from ", target->pins_source.path);
	pl_strbuf_printf(out, "\n%s %s: %ju bytes\n", host->is_union ? "union" : "struct",
			 host->name, (uintmax_t)host->size / 8);
}

static void add_absent(struct pl_strbuf *out, const struct pl_target *target)
{
	if (!target->n_absent)
		return;
	pl_strbuf_add(out, "absent\n ");
	for (size_t i = 0; i < target->n_absent; i++)
		pl_strbuf_printf(out, " %s", target->absent[i]);
	pl_strbuf_add_char(out, '\n');
}

/* The marks side by side, as many as fit. */
static void add_marks(struct pl_strbuf *out, size_t width, bool pins)
{
	static const char *const marks[] = {"= pinned by an assertion",
					    "~ same bytes as a host field",
					    "< part of one",
					    "+ one and more",
					    "> past the host's end",
					    "| another alternative of a union",
					    ". pad",
					    "- unused",
					    "^ goes on from above"};
	size_t column = 0;

	for (size_t i = pins ? 0 : 1; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *between = column ? "   " : "";
		size_t length = strlen(between) + strlen(marks[i]);

		if (column + length > width) {
			between = column ? "\n" : "";
			length = strlen(marks[i]);
			column = 0;
		}
		pl_strbuf_printf(out, "%s%s", between, marks[i]);
		column += length;
	}
	pl_strbuf_add_char(out, '\n');
}

static void add_legend(struct pl_strbuf *out, const struct pl_text_options *options, bool pins)
{
	struct pl_wrap wrap;

	pl_strbuf_add_char(out, '\n');
	add_marks(out, options->width < LEGEND_WIDTH ? options->width : LEGEND_WIDTH, pins);
	wrap = pl_wrap_new(out, options, 0, 2);
	pl_wrap_text(&wrap, "",
		     "name:4 is 4 bytes long, name+4:4 begins at byte 4 of its row; b counts bits");
	pl_wrap_end(&wrap);
	pl_strbuf_add_char(out, '\n');
}

static struct pl_error *add_target(const struct pl_target *target,
				   const struct pl_text_options *options, struct pl_strbuf *out)
{
	size_t pages = pl_most_pages(target);

	add_head(out, target);
	for (size_t page = 0; page < pages; page++) {
		if (pages > 1)
			pl_strbuf_printf(out, "\npage %zu\n", page);
		else
			pl_strbuf_add_char(out, '\n');
		PL_TRY(pl_text_table(target, page, options, out));
	}
	if (!options->compact)
		add_legend(out, options, pl_target_has_pins(target));
	else
		pl_strbuf_add_char(out, '\n');
	PL_TRY(pl_text_unused(target, options, out));
	if (!options->compact)
		PL_TRY(pl_text_pins(target, options, out));
	add_absent(out, target);
	return NULL;
}

struct pl_error *pl_report_text(const struct pl_report *report,
				const struct pl_text_options *options, struct pl_strbuf *ret)
{
	for (size_t i = 0; i < report->n_targets; i++) {
		if (i)
			pl_strbuf_add_char(ret, '\n');
		PL_TRY(add_target(report->targets[i], options, ret));
	}
	if (report->comparison)
		pl_strbuf_add_char(ret, '\n');
	PL_TRY(pl_text_compare(report, options, ret));
	pl_text_findings(report, options, ret);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
