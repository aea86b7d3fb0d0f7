/* SPDX-License-Identifier: MIT */
#include "unit_progress.h"

#include <stdio.h>
#include <unistd.h>

struct unit_progress unit_progress_begin(const char *what, bool quiet)
{
	struct unit_progress progress = {.what = what, .wanted = !quiet && isatty(STDERR_FILENO)};

	clock_gettime(CLOCK_MONOTONIC, &progress.began);
	progress.last = progress.began;
	return progress;
}

static double seconds_between(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* What the work has done so far says how long the rest takes. */
static void show(struct unit_progress *progress, size_t done, size_t count, double seconds)
{
	double rate = (double)done / seconds;
	unsigned left = rate > 0 ? (unsigned)((double)(count - done) / rate) : 0;

	fprintf(stderr, "\r%zu of %zu %s, %.1f a second, %u:%02u left\033[K", done, count,
		progress->what, rate, left / 60, left % 60);
	progress->shown = true;
}

void unit_progress_show(struct unit_progress *progress, size_t done, size_t count)
{
	struct timespec now;

	if (!progress->wanted || !done)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (seconds_between(progress->last, now) < 1)
		return;
	progress->last = now;
	show(progress, done, count, seconds_between(progress->began, now));
}

void unit_progress_end(struct unit_progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
