/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Where the terminal does not say how wide it is. */
enum { USUAL_WIDTH = 80 };

/* Whoever waits for a second begins to wonder. */
static bool is_long(const struct progress *progress)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec - progress->start.tv_sec +
		       (now.tv_nsec >= progress->start.tv_nsec ? 0 : -1) >=
	       1;
}

static size_t width(void)
{
	struct winsize size;

	return !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col ? size.ws_col : USUAL_WIDTH;
}

/* Names come from the command line: what is no printable ASCII has no business in a terminal. */
static void make_printable(char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

void progress_start(struct progress *progress, const struct settings *settings)
{
	clock_gettime(CLOCK_MONOTONIC, &progress->start);
	progress->wanted = !settings->quiet && isatty(STDERR_FILENO);
	progress->shown = false;
}

void progress_show(void *context, const size_t *running, size_t n_running, size_t done)
{
	struct progress *progress = context;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf line = PL_STRBUF_INIT;

	if (!progress->wanted || !n_running || !is_long(progress))
		return;
	pl_strbuf_printf(&line, "%zu of %zu read; reading", done, progress->count);
	for (size_t i = 0; i < n_running; i++)
		pl_strbuf_printf(&line, "%s %s", i ? "," : "",
				 progress->name(progress->context, running[i]));
	pl_strbuf_truncate(&line, width() - 1);
	make_printable(line.text);
	fprintf(stderr, "\r\033[K%s", line.text);
	progress->shown = true;
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
}
