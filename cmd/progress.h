/* SPDX-License-Identifier: MIT */
/* What is being read, on a terminal, where that takes longer than one likes to wait unknowing. */
#ifndef PAGELAP_CMD_PROGRESS_H
#define PAGELAP_CMD_PROGRESS_H

#include <time.h>

#include "settings.h"
#include "support/worker.h"

struct progress {
	const char *(*name)(const void *context, size_t index); /* what job INDEX is called */
	const void *context;
	size_t count; /* of all jobs */
	struct timespec start;
	bool wanted, shown;
};

/* Begins now. Nothing is shown if SETTINGS say so, or standard error is no terminal. */
void progress_start(struct progress *progress, const struct settings *settings);

/* Shows how many jobs are done and which are running: a pl_worker_watch, of a struct progress. */
void progress_show(void *context, const size_t *running, size_t n_running, size_t done);

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
