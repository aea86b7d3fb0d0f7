/* SPDX-License-Identifier: MIT */
/*
 * Many small jobs over worker processes that stay: what one job has learnt the
 * next one of the same worker has at hand. A worker that crashes, hangs or
 * eats memory loses the one job it was at; another takes over the rest. See
 * worker.h for jobs that deserve a process each.
 */
#ifndef PAGELAP_SUPPORT_POOL_H
#define PAGELAP_SUPPORT_POOL_H

#include "support/worker.h"

struct pl_pool_limits {
	size_t parallel;  /* workers at a time, at least 1 */
	size_t batch;	  /* jobs in a row that one worker is given, at least 1 */
	unsigned seconds; /* per job; 0: no limit */
	size_t memory;	  /* bytes of address space per worker; not enforced under sanitizers */
	size_t resident;  /* a worker that holds more bytes after a job is replaced; 0: never */
	size_t output;	  /* bytes that a job may write */
	size_t file;	  /* bytes of any file it may write; 0: none */
	const char *directory; /* where those files may be; NULL: nowhere */
};

/*
 * Takes the result of job INDEX, in the parent, in the order in which they
 * come; RESULT is released afterwards. An error ends the whole run.
 */
typedef struct pl_error *pl_pool_sink(void *context, size_t index, struct pl_worker_result *result);

enum { PL_POOL_MOST_KEPT = 4 };

struct pl_pool {
	pl_worker_job *job;
	void *job_context; /* each worker has its own copy, which lives as long as it does */
	pl_pool_sink *sink;
	void *sink_context;
	struct pl_pool_limits limits;
	const int *kept; /* descriptors above 2 that jobs use, -1: none; all others are closed in
			    the workers */
	size_t n_kept;	 /* at most PL_POOL_MOST_KEPT */
	size_t *peak;	 /* raised to the bytes of memory that any worker has held; NULL: of no
			    interest */
};

/*
 * Runs POOL's job for the indices 0 to COUNT - 1. What a job returns as an
 * error, or what became of its process, reaches the sink. An error is returned
 * when no worker can be started, or when the sink gives one.
 */
struct pl_error *pl_pool_run(const struct pl_pool *pool, size_t count) PL_MUST_CHECK;

#endif
