/* SPDX-License-Identifier: MIT */
#include "support/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/child.h"
#include "support/pool_internal.h"
#include "support/sanitized.h"

struct worker {
	pid_t pid;
	int to, from;	  /* pipes; -1: it is not running */
	size_t next, end; /* jobs it has been given, and not begun */
	bool busy, leaves;
	size_t index;		/* of the job it is at */
	struct timespec since;	/* when that began */
	struct pl_strbuf input; /* of the result, as far as it has come */
};

struct run {
	const struct pl_pool *pool;
	struct worker *workers; /* limits.parallel places */
	struct pollfd *polled;	/* as many */
	size_t next, count;
};

static struct pl_error *open_pipes(int requests[2], int results[2])
{
	if (pipe2(requests, O_CLOEXEC) < 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "no pipe for a worker: %s",
				    strerror(errno));
	if (pipe2(results, O_CLOEXEC) < 0) {
		int cause = errno;

		close(requests[0]);
		close(requests[1]);
		return pl_error_new(PL_ERROR_UNREADABLE, "no pipe for a worker: %s",
				    strerror(cause));
	}
	return NULL;
}

static struct pl_error *start(struct run *run, struct worker *worker)
{
	int requests[2], results[2];
	pid_t parent = getpid();

	PL_TRY(open_pipes(requests, results));
	worker->pid = fork();
	if (!worker->pid)
		pl_pool_live(run->pool, parent, requests[0], results[1]);
	close(requests[0]);
	close(results[1]);
	worker->to = requests[1];
	worker->from = results[0];
	worker->busy = worker->leaves = false;
	pl_strbuf_truncate(&worker->input, 0);
	if (worker->pid < 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "no worker process: %s", strerror(errno));
	return NULL;
}

/* Notes how much memory a worker has held that USED this; the kernel counts in KB. */
static void note_peak(const struct run *run, const struct rusage *used)
{
	size_t bytes = (size_t)used->ru_maxrss * 1024;

	if (run->pool->peak && bytes > *run->pool->peak)
		*run->pool->peak = bytes;
}

/* How long a worker that has nothing more to do may look for leaks, before it is killed. */
enum { PATIENCE_MILLISECONDS = PL_SANITIZED ? 2000 : 0 };

/*
 * The exit status of PID. One that is on its way out is not touched by the
 * signal: how it ended is settled before its pipe is closed.
 */
static int wait_for_end(pid_t pid, struct rusage *used)
{
	const struct timespec moment = {.tv_nsec = 1000000};
	int status = 0;

	for (int i = 0; i < PATIENCE_MILLISECONDS; i++) {
		if (wait4(pid, &status, WNOHANG, used) == pid)
			return status;
		nanosleep(&moment, NULL);
	}
	kill(pid, SIGKILL);
	while (wait4(pid, &status, 0, used) < 0 && errno == EINTR)
		;
	return status;
}

/* Closes the pipes of WORKER, which then ends if it has not; its exit status. */
static int stop(const struct run *run, struct worker *worker)
{
	struct rusage used = {0};
	int status = 0;

	close(worker->to);
	close(worker->from);
	worker->to = worker->from = -1;
	if (worker->pid > 0)
		status = wait_for_end(worker->pid, &used);
	note_peak(run, &used);
	return status;
}

/* Ends WORKER, whatever it is at. */
static void put_down(const struct run *run, struct worker *worker)
{
	kill(worker->pid, SIGKILL);
	stop(run, worker);
}

/* Gives WORKER a batch; a smaller one near the end, so that all end at about the same time. */
static bool take_batch(struct run *run, struct worker *worker)
{
	const struct pl_pool_limits *limits = &run->pool->limits;
	size_t left = run->count - run->next, batch = left / (2 * limits->parallel) + 1;

	if (worker->next < worker->end)
		return true;
	if (batch > limits->batch)
		batch = limits->batch;
	if (batch > left)
		batch = left;
	worker->next = run->next;
	worker->end = run->next += batch;
	return batch;
}

/*
 * The CPU time of WORKER up to the end of its next job: a second more than it has by the
 * clock, which its parent looks at. That may be stopped meanwhile.
 */
static void limit_cpu_time(const struct run *run, const struct worker *worker)
{
	unsigned seconds = run->pool->limits.seconds;
	struct timespec used;
	struct rlimit limit;
	clockid_t clock;
	rlim_t wanted;

	if (!seconds || clock_getcpuclockid(worker->pid, &clock) || clock_gettime(clock, &used) ||
	    getrlimit(RLIMIT_CPU, &limit))
		return;
	wanted = (rlim_t)used.tv_sec + seconds + 1;
	if (wanted < limit.rlim_cur)
		limit.rlim_cur = wanted;
	(void)prlimit(worker->pid, RLIMIT_CPU, &limit, NULL);
}

static struct pl_error *give_job(struct run *run, struct worker *worker)
{
	uint64_t index;

	if (worker->busy || !take_batch(run, worker))
		return NULL;
	if (worker->to < 0)
		PL_TRY(start(run, worker));
	index = worker->index = worker->next++;
	worker->busy = true;
	limit_cpu_time(run, worker);
	clock_gettime(CLOCK_MONOTONIC, &worker->since);
	/* One that is dead already cannot take it: that is told when its results are read. */
	(void)pl_child_write(worker->to, &index, sizeof(index));
	return NULL;
}

static struct pl_error *hand_over(struct run *run, struct worker *worker,
				  struct pl_worker_result *result)
{
	struct pl_error *error;

	worker->busy = false;
	error = run->pool->sink(run->pool->sink_context, worker->index, result);
	pl_worker_result_release(result);
	return error;
}

/* The job that WORKER was at is lost, for the reason given in ERROR. */
static struct pl_error *lose(struct run *run, struct worker *worker, struct pl_error *error)
{
	struct pl_worker_result result = {PL_STRBUF_INIT, error};

	put_down(run, worker);
	return hand_over(run, worker, &result);
}

static struct pl_error *describe_death(int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return pl_error_new(PL_ERROR_UNREADABLE, "reading took too much CPU time");
	if (WIFSIGNALED(status))
		return pl_error_new(PL_ERROR_UNREADABLE, "reading died of signal %d (%s)",
				    WTERMSIG(status), strsignal(WTERMSIG(status)));
	return pl_error_new(PL_ERROR_UNREADABLE, "reading ended with exit code %d",
			    WEXITSTATUS(status));
}

/* The end of what WORKER writes: it has left as it said it would, or died. */
static struct pl_error *see_end(struct run *run, struct worker *worker)
{
	struct pl_worker_result result = {PL_STRBUF_INIT, NULL};
	int status = stop(run, worker);

	if (!worker->busy)
		return NULL;
	result.error = describe_death(status);
	return hand_over(run, worker, &result);
}

/* Whether a result is there as a whole; its head into *HEAD. */
static bool is_whole(const struct worker *worker, struct pl_pool_head *head)
{
	if (worker->input.length < sizeof(*head))
		return false;
	memcpy(head, worker->input.text, sizeof(*head));
	return worker->input.length - sizeof(*head) >= head->length;
}

static struct pl_error *take_result(struct run *run, struct worker *worker)
{
	struct pl_worker_result result = {PL_STRBUF_INIT, NULL};
	struct pl_pool_head head;

	if (pl_strbuf_failed(&worker->input))
		return pl_error_no_memory();
	if (worker->input.length > run->pool->limits.output + sizeof(head))
		return lose(run, worker,
			    pl_error_new(PL_ERROR_UNREADABLE, "reading gave more than %zu bytes",
					 run->pool->limits.output));
	if (!is_whole(worker, &head))
		return NULL;
	if (worker->input.length - sizeof(head) > head.length)
		return lose(run, worker,
			    pl_error_new(PL_ERROR_UNREADABLE, "reading gave more than it said"));
	pl_strbuf_cut_front(&worker->input, sizeof(head));
	if (head.is_error)
		result.error = pl_child_error((int)head.kind, worker->input.text);
	else
		result.output = worker->input;
	if (head.is_error)
		pl_strbuf_truncate(&worker->input, 0);
	else
		worker->input = (struct pl_strbuf)PL_STRBUF_INIT;
	worker->leaves = head.leaves;
	PL_TRY(hand_over(run, worker, &result));
	if (worker->leaves)
		stop(run, worker);
	return NULL;
}

static struct pl_error *receive(struct run *run, struct worker *worker)
{
	char bytes[64 * 1024];
	ssize_t got = read(worker->from, bytes, sizeof(bytes));

	if (got < 0 && errno == EINTR)
		return NULL;
	if (got <= 0)
		return see_end(run, worker);
	if (!worker->busy) {
		/* Something has got hold of it; what it was given to do it has handed over. */
		put_down(run, worker);
		return NULL;
	}
	pl_strbuf_add_bytes(&worker->input, bytes, (size_t)got);
	return take_result(run, worker);
}

static bool is_late(const struct run *run, const struct worker *worker)
{
	struct pollfd said = {.fd = worker->from, .events = POLLIN};
	struct timespec now;

	if (!worker->busy || !run->pool->limits.seconds)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec - worker->since.tv_sec <= (time_t)run->pool->limits.seconds)
		return false;
	/*
	 * What it said while the parent was busy with others is not late. To go on talking
	 * helps nobody for long: there has to be more each time, up to the limit of output.
	 */
	return poll(&said, 1, 0) <= 0;
}

static struct pl_error *look_at_worker(struct run *run, size_t i)
{
	struct worker *worker = &run->workers[i];

	if (run->polled[i].fd >= 0 && run->polled[i].revents)
		PL_TRY(receive(run, worker));
	if (!is_late(run, worker))
		return NULL;
	return lose(run, worker,
		    pl_error_new(PL_ERROR_UNREADABLE, "reading was given up after %u seconds",
				 run->pool->limits.seconds));
}

enum { TICK_MILLISECONDS = 1000 };

static bool is_any_busy(const struct run *run)
{
	for (size_t i = 0; i < run->pool->limits.parallel; i++)
		if (run->workers[i].busy)
			return true;
	return false;
}

static struct pl_error *work(struct run *run)
{
	size_t parallel = run->pool->limits.parallel;

	for (;;) {
		for (size_t i = 0; i < parallel; i++)
			PL_TRY(give_job(run, &run->workers[i]));
		if (!is_any_busy(run))
			return NULL;
		for (size_t i = 0; i < parallel; i++)
			run->polled[i] =
				(struct pollfd){.fd = run->workers[i].from, .events = POLLIN};
		if (poll(run->polled, parallel, TICK_MILLISECONDS) < 0)
			continue;
		for (size_t i = 0; i < parallel; i++)
			PL_TRY(look_at_worker(run, i));
	}
}

static void release(struct run *run)
{
	for (size_t i = 0; run->workers && i < run->pool->limits.parallel; i++) {
		struct worker *worker = &run->workers[i];

		if (worker->to >= 0 && worker->busy)
			put_down(run, worker);
		else if (worker->to >= 0)
			stop(run, worker);
		pl_strbuf_release(&worker->input);
	}
	free(run->workers);
	free(run->polled);
}

struct pl_error *pl_pool_run(const struct pl_pool *pool, size_t count)
{
	size_t parallel = pool->limits.parallel;
	PL_CLEANUP(release)
	struct run run = {
		.pool = pool,
		.workers = calloc(parallel, sizeof(*run.workers)),
		.polled = calloc(parallel, sizeof(*run.polled)),
		.count = count,
	};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	struct pl_error *error;

	if (!run.workers || !run.polled)
		return pl_error_no_memory();
	for (size_t i = 0; i < parallel; i++) {
		run.workers[i].to = run.workers[i].from = -1;
		run.workers[i].input = (struct pl_strbuf)PL_STRBUF_INIT;
	}
	/* Writing to a worker that has died is no reason to die too. */
	sigaction(SIGPIPE, &ignore, &before);
	error = work(&run);
	sigaction(SIGPIPE, &before, NULL);
	return error;
}
