/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "report/report.h"

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

static struct pl_text_options text_options(const struct settings *settings,
					   const struct output *output)
{
	bool terminal = !output->file && isatty(STDOUT_FILENO);
	size_t width = terminal ? terminal_width() : DEFAULT_WIDTH;

	return (struct pl_text_options){
		.width = settings->width ? settings->width : width,
		.colour = wants_colour(settings, terminal),
	};
}

static struct pl_error *render(const struct pl_report *report, const struct settings *settings,
			       const struct output *output, struct pl_strbuf *text)
{
	struct pl_text_options options = text_options(settings, output);

	if (output->format == FORMAT_JSON)
		return pl_report_json(report, text);
	return pl_report_text(report, &options, text);
}

static struct pl_error *write_out(const struct output *output, const struct pl_strbuf *text)
{
	const char *name = output->file ? output->file : "standard output";
	FILE *file = output->file ? fopen(output->file, "we") : stdout;
	bool written = file && fwrite(text->text, 1, text->length, file) == text->length;
	int cause = errno;

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
	return write_out(output, &text);
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
