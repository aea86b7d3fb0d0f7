/* SPDX-License-Identifier: MIT */
/* How far the scan of a build has come, on a terminal. */
#ifndef PAGELAP_CMD_UNIT_PROGRESS_H
#define PAGELAP_CMD_UNIT_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct unit_progress {
	const char *what; /* what is counted: "units" */
	bool wanted;	  /* standard error is a terminal, and may be written on */
	bool shown;	  /* there is a line to be cleared */
	struct timespec began, last;
};

/* A new progress of WHAT. QUIET: nothing is ever shown. */
struct unit_progress unit_progress_begin(const char *what, bool quiet);

/*
 * DONE of COUNT are done. From a second after the beginning on, a line on
 * standard error says so, with the rate and the time that is left.
 */
void unit_progress_show(struct unit_progress *progress, size_t done, size_t count);

/* Takes the line away. */
void unit_progress_end(struct unit_progress *progress);

#endif
