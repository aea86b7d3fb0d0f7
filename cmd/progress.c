/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

struct progress progress_begin(const char *what, bool quiet)
{
	struct progress progress = {.what = what, .wanted = !quiet && isatty(STDERR_FILENO)};

	clock_gettime(CLOCK_MONOTONIC, &progress.began);
	progress.last = progress.began;
	return progress;
}

static double seconds_between(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* What the work has done so far says how long the rest takes. */
static void show(struct progress *progress, size_t done, size_t count, double seconds)
{
	double rate = (double)done / seconds;
	unsigned left = rate > 0 ? (unsigned)((double)(count - done) / rate) : 0;

	fprintf(stderr, "\r%zu of %zu %s, %.1f a second, %u:%02u left\033[K", done, count,
		progress->what, rate, left / 60, left % 60);
	progress->shown = true;
}

void progress_show(struct progress *progress, size_t done, size_t count)
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

void progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
