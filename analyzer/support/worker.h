/* SPDX-License-Identifier: MIT */
/*
 * Worker processes: jobs that read what came from outside run in children with
 * limits, so that one that crashes, hangs or eats memory takes nobody along.
 * What a job has to say it writes as bytes; everything else it changes is lost
 * with its process, and so is what it prints. See confine.h for what it may not
 * do. The parent believes it nothing: it does not wait longer than the limit
 * says, nor take more than that, nor what is not a result.
 */
#ifndef PAGELAP_SUPPORT_WORKER_H
#define PAGELAP_SUPPORT_WORKER_H

#include "support/strbuf.h"

/*
 * A job: appends its result to OUTPUT. An error it returns reaches
 * pl_worker_result.error.
 */
typedef struct pl_error *pl_worker_job(void *context, size_t index, struct pl_strbuf *output);

/*
 * Told at the end of every job, and once a second: the indices of the jobs that
 * are running, and how many are done.
 */
typedef void pl_worker_watch(void *context, const size_t *running, size_t n_running, size_t done);

struct pl_worker_limits {
	size_t parallel;      /* workers at a time, at least 1 */
	unsigned cpu_seconds; /* per worker */
	unsigned seconds;     /* per worker, whether it works or waits; 0: no limit */
	size_t memory;	      /* bytes of address space per worker; not enforced under sanitizers */
	size_t output;	      /* bytes that a job may write */
	pl_worker_watch *watch; /* NULL: nobody wants to know */
	void *watch_context;
};

struct pl_worker_result {
	struct pl_strbuf output; /* whole when there is no error */
	struct pl_error *error;	 /* of the job, or what became of its process */
};

/* How many workers run at a time where JOBS are asked for; 0: one per processor. */
size_t pl_workers_wanted(size_t jobs);

/*
 * Runs JOB for the indices 0 to COUNT - 1, each in a process of its own, and
 * fills RESULTS, an array of COUNT zeroed results, in the same order. Release
 * each with pl_worker_result_release(). An error only if no worker could be
 * started at all.
 */
struct pl_error *pl_workers_run(pl_worker_job *job, void *context, size_t count,
				const struct pl_worker_limits *limits,
				struct pl_worker_result *results) PL_MUST_CHECK;

void pl_worker_result_release(struct pl_worker_result *result);

#endif
