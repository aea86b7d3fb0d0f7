/* SPDX-License-Identifier: MIT */
#include "diff/diff.h"

#include <string.h>

#include "analysis.h"
#include "check/check.h"
#include "collect.h"
#include "output.h"
#include "report/diff.h"
#include "report_options.h"
#include "source_options.h"

static const char *const format_names[DIFF_FORMAT_COUNT] = {
	[DIFF_FORMAT_TEXT] = "text",
	[DIFF_FORMAT_JSON] = "json",
	[DIFF_FORMAT_MARKDOWN] = "markdown",
};

static struct pl_error *set_format(void *settings, const char *value)
{
	struct settings *s = settings;
	size_t length = strcspn(value, ":");

	for (int i = 0; i < DIFF_FORMAT_COUNT; i++) {
		if (strlen(format_names[i]) != length || strncmp(format_names[i], value, length))
			continue;
		PL_TRY(output_add(s, value));
		s->diff_formats[s->n_outputs - 1] = (enum diff_format)i;
		return NULL;
	}
	return pl_error_new(PL_ERROR_USAGE, "there is no format '%.*s', only text, json, markdown",
			    (int)length, value);
}

static struct pl_error *set_ignore(void *settings, const char *value)
{
	unsigned kinds;

	if (!pl_change_kinds_parse(value, &kinds))
		return pl_error_new(PL_ERROR_USAGE,
				    "there is no kind of change '%s'; the summary names them",
				    value);
	((struct settings *)settings)->ignored |= kinds;
	return NULL;
}

static const char *format_word(size_t index)
{
	return index < DIFF_FORMAT_COUNT ? format_names[index] : NULL;
}

/* The kinds, then their families. */
static const char *kind_word(size_t index)
{
	static const char *const families[] = {"target", "overlay", "member", "pin", "finding"};

	if (index < PL_CHANGE_KIND_COUNT)
		return pl_change_kind_name((enum pl_change_kind)index);
	index -= PL_CHANGE_KIND_COUNT;
	return index < sizeof(families) / sizeof(*families) ? families[index] : NULL;
}

static const struct option_words words[] = {
	{"format", format_word}, {"ignore", kind_word}, {NULL, NULL}};

static const struct option_row rows[] = {
	{"ignore", 0, "KIND",
	 "changes that do not count: a kind of the summary, or target, overlay, member, pin or\n"
	 "        finding for both of theirs; may be repeated",
	 set_ignore},
	{"format", 'f', "FORMAT[:FILE]",
	 "text, json or markdown, to FILE or standard output; may be repeated", set_format},
};

static const struct option_group own_options = {rows, sizeof(rows) / sizeof(*rows)};
static const struct option_group *const groups[] = {&own_options, &source_options, &manner_options};

const struct option_table diff_table = {
	.usage = "pagelap diff [OPTION...] [NAME=]OLD [NAME=]NEW",
	.about = "Says what changed from OLD to NEW, each of which is a source as for 'pagelap\n"
		 "layout', or a saved report: overlays, members, pins, used bytes and findings.\n"
		 "Exits with 1 if anything differs, 0 if nothing does, 2 if that cannot be told,\n"
		 "3 if it was asked wrongly.\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
	.words = words,
};

static struct pl_error *read_side(const struct settings *settings, char **source,
				  struct analysis *a)
{
	PL_TRY(analysis_init(settings, a));
	PL_TRY(collect(settings, a->pack, a->recipe, source, 1, a->report));
	/* A saved report says what was found, unless other rules are asked for. */
	PL_TRY(settings->rules ? pl_check_report(a->pack, a->report)
			       : pl_check_rest(a->pack, a->report));
	if (!settings->quiet)
		output_failures(a->report);
	return NULL;
}

static struct pl_error *render(const struct pl_diff *diff, enum diff_format format,
			       const struct pl_text_options *options, struct pl_strbuf *text)
{
	switch (format) {
	case DIFF_FORMAT_JSON:
		return pl_diff_json(diff, text);
	case DIFF_FORMAT_MARKDOWN:
		return pl_diff_markdown(diff, text);
	default:
		return pl_diff_text(diff, options, text);
	}
}

static struct pl_error *write_all(const struct settings *settings, const struct pl_diff *diff)
{
	const struct output plain = {FORMAT_TEXT, NULL};
	size_t count = settings->n_outputs ? settings->n_outputs : 1;

	for (size_t i = 0; i < count; i++) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
		const struct output *output = settings->n_outputs ? &settings->outputs[i] : &plain;
		struct pl_text_options options = output_text_options(settings, output);

		PL_TRY(render(diff, settings->diff_formats[i], &options, &text));
		PL_TRY(output_text(output, &text));
	}
	return NULL;
}

static struct pl_error *compare(const struct settings *settings, const struct analysis *old,
				const struct analysis *new, enum exit_code *ret)
{
	static const enum exit_code codes[] = {
		[PL_DIFF_SAME] = EXIT_CLEAN,
		[PL_DIFF_DIFFERENT] = EXIT_GATE_FAILED,
		[PL_DIFF_COULD_NOT_TELL] = EXIT_COULD_NOT_TELL,
	};
	PL_CLEANUP(pl_diff_cleanup) struct pl_diff *diff = NULL;

	PL_TRY(pl_diff_reports(old->report, new->report, new->pack, settings->ignored, &diff));
	PL_TRY(write_all(settings, diff));
	*ret = codes[pl_diff_verdict(diff)];
	return NULL;
}

static struct pl_error *diff(const struct settings *settings, char **sources, size_t count,
			     enum exit_code *ret)
{
	PL_CLEANUP(analysis_release) struct analysis old = {0};
	PL_CLEANUP(analysis_release) struct analysis new = {0};

	if (count != 2)
		return pl_error_new(PL_ERROR_USAGE, "an old and a new source are wanted, not %zu",
				    count);
	PL_TRY(read_side(settings, &sources[0], &old));
	PL_TRY(read_side(settings, &sources[1], &new));
	return compare(settings, &old, &new, ret);
}

enum exit_code diff_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	return analysis_main(&diff_table, argc, argv, &settings, diff);
}
