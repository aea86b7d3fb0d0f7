/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Where there is no terminal to ask: as wide as a mail or a log shows well. */
enum { DEFAULT_WIDTH = 100 };

static size_t terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return DEFAULT_WIDTH;
}

static bool wants_colour(const struct settings *settings, bool terminal)
{
	const char *no_colour = getenv("NO_COLOR");

	if (settings->colour != COLOUR_AUTO)
		return settings->colour == COLOUR_ALWAYS;
	return terminal && !(no_colour && *no_colour);
}

struct pl_text_options output_text_options(const struct settings *settings,
					   const struct output *output)
{
	bool terminal = !output->file && isatty(STDOUT_FILENO);
	size_t width = terminal ? terminal_width() : DEFAULT_WIDTH;

	return (struct pl_text_options){
		.width = settings->width ? settings->width : width,
		.colour = wants_colour(settings, terminal),
		.compact = settings->compact,
		.alone = output->file || settings->quiet,
	};
}

static struct pl_error *render_text(const struct pl_report *report, const struct settings *settings,
				    const struct output *output, struct pl_strbuf *text)
{
	struct pl_text_options options = output_text_options(settings, output);

	if (report->answers)
		return pl_report_text_answers(report, &options, text);
	if (settings->findings_only)
		return pl_report_text_findings(report, &options, text);
	return pl_report_text(report, &options, text);
}

typedef struct pl_error *renderer(const struct pl_report *report, struct pl_strbuf *text);

/* One row per format; render_text() has what no other format needs. */
static const struct {
	const char *name;
	renderer *render;
	renderer *render_findings; /* where only they are asked for; NULL: the same */
} formats[FORMAT_COUNT] = {
	[FORMAT_TEXT] = {"text", NULL, NULL},
	[FORMAT_JSON] = {"json", pl_report_json, NULL},
	[FORMAT_PLAIN] = {"plain", pl_report_plain, NULL},
	[FORMAT_RDJSONL] = {"rdjsonl", pl_report_rdjsonl, NULL},
	[FORMAT_SARIF] = {"sarif", pl_report_sarif, NULL},
	[FORMAT_HTML] = {"html", pl_report_html, NULL},
	[FORMAT_MARKDOWN] = {"markdown", pl_report_markdown, pl_report_markdown_findings},
	[FORMAT_RST] = {"rst", pl_report_rst, pl_report_rst_findings},
};

struct pl_error *output_format(const char *name, size_t length, enum format *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf names = PL_STRBUF_INIT;

	for (int i = 0; i < FORMAT_COUNT; i++) {
		if (strlen(formats[i].name) == length && !strncmp(formats[i].name, name, length)) {
			*ret = (enum format)i;
			return NULL;
		}
		pl_strbuf_printf(&names, "%s%s", i ? ", " : "", formats[i].name);
	}
	if (pl_strbuf_failed(&names))
		return pl_error_no_memory();
	return pl_error_new(PL_ERROR_USAGE, "there is no format '%.*s', only %s", (int)length, name,
			    names.text);
}

const char *output_format_name(size_t index)
{
	return index < FORMAT_COUNT ? formats[index].name : NULL;
}

struct pl_error *output_add(struct settings *settings, const char *value)
{
	struct output *output = &settings->outputs[settings->n_outputs];
	const char *colon = strchr(value, ':');

	if (settings->n_outputs == MAX_OUTPUTS)
		return pl_error_new(PL_ERROR_USAGE, "given more than %d times", MAX_OUTPUTS);
	*output = (struct output){.file = colon ? colon + 1 : NULL};
	if (output->file && !*output->file)
		return pl_error_new(PL_ERROR_USAGE, "no file after the colon of '%s'", value);
	for (size_t i = 0; i < settings->n_outputs; i++) {
		const char *before = settings->outputs[i].file;

		if (!output->file && !before)
			return pl_error_new(PL_ERROR_USAGE,
					    "only one report fits on standard output");
		if (output->file && before && !strcmp(output->file, before))
			return pl_error_new(PL_ERROR_USAGE, "only one report fits into %s", before);
	}
	settings->n_outputs++;
	return NULL;
}

static struct pl_error *render(const struct pl_report *report, const struct settings *settings,
			       const struct output *output, struct pl_strbuf *text)
{
	if (!formats[output->format].render)
		return render_text(report, settings, output, text);
	if (settings->findings_only && formats[output->format].render_findings)
		return formats[output->format].render_findings(report, text);
	return formats[output->format].render(report, text);
}

struct pl_error *output_text(const struct output *output, const struct pl_strbuf *text)
{
	const char *name = output->file ? output->file : "standard output";
	FILE *file = output->file ? fopen(output->file, "we") : stdout;
	bool written = file && fwrite(text->text, 1, text->length, file) == text->length;
	int cause = errno;

	/* cppcheck-suppress useClosedFile; it is fflush() or fclose(), not both */
	if (file && (output->file ? fclose(file) : fflush(file))) {
		cause = written ? errno : cause;
		written = false;
	}
	if (!written)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: cannot be written: %s", name,
				    strerror(cause));
	return NULL;
}

static struct pl_error *write_one(const struct pl_report *report, const struct settings *settings,
				  const struct output *output)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	PL_TRY(render(report, settings, output, &text));
	return output_text(output, &text);
}

struct pl_error *output_write(const struct pl_report *report, const struct settings *settings)
{
	const struct output plain = {FORMAT_TEXT, NULL};

	if (!settings->n_outputs)
		return write_one(report, settings, &plain);
	for (size_t i = 0; i < settings->n_outputs; i++)
		PL_TRY(write_one(report, settings, &settings->outputs[i]));
	return NULL;
}

void output_failures(const struct pl_report *report)
{
	for (size_t i = 0; i < report->n_failures; i++)
		fprintf(stderr, "pagelap: %s\n", report->failures[i].message);
}
