/* SPDX-License-Identifier: MIT */
#include "support/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/child.h"

/* The first byte of what a worker sends: the rest is its output, or an error's message. */
enum tag { TAG_OUTPUT = 'o', TAG_ERROR = 'e' };

enum { WATCH_MILLISECONDS = 1000 };

/* A worker that is running. */
struct running {
	pid_t pid;
	int fd; /* -1: this place is free */
	size_t index;
	time_t deadline; /* on the clock of seconds_now() */
	bool overflowed, late;
};

/*
 * Seconds that the parent waits longer than a worker's own alarm does: for one
 * that has been stopped, or that something keeps from dying.
 */
enum { GRACE = 2 };

struct pool {
	pl_worker_job *job;
	void *context;
	const struct pl_worker_limits *limits;
	struct pl_worker_result *results;
	struct running *running; /* limits->parallel places */
	struct pollfd *polled;	 /* as many */
	size_t *watched;	 /* as many: the jobs that are running */
	size_t started;
};

/* The error goes as its tag, its kind and its message. */
static bool send_error(int fd, const struct pl_error *error)
{
	const char head[2] = {TAG_ERROR, (char)error->kind};

	return pl_child_write(fd, head, sizeof(head)) &&
	       pl_child_write(fd, error->message, strlen(error->message));
}

static bool send_output(int fd, const struct pl_strbuf *output)
{
	const char tag = TAG_OUTPUT;

	return pl_child_write(fd, &tag, 1) && pl_child_write(fd, output->text, output->length);
}

static bool do_job(const struct pool *pool, size_t index, int fd)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf output = PL_STRBUF_INIT;
	struct pl_error *error = pool->job(pool->context, index, &output);
	bool sent;

	if (!error && pl_strbuf_failed(&output))
		error = pl_error_no_memory();
	sent = error ? send_error(fd, error) : send_output(fd, &output);
	pl_error_free(error);
	return sent;
}

/* The child's whole life. It leaves without running what its parent has registered for exit. */
static _Noreturn void live(const struct pool *pool, pid_t parent, size_t index, int fd)
{
	const struct pl_child_limits limits = {
		.parent = parent,
		.cpu_seconds = pool->limits->cpu_seconds,
		.seconds = pool->limits->seconds,
		.memory = pool->limits->memory,
	};

	pl_child_restrict(&limits, &fd, 1);
	pl_child_exit(do_job(pool, index, fd));
}

static time_t seconds_now(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static struct pl_error *start(struct pool *pool, struct running *place, size_t index)
{
	pid_t parent = getpid(), pid;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "no pipe for a worker: %s",
				    strerror(errno));
	pid = fork();
	if (pid < 0) {
		int cause = errno;

		close(ends[0]);
		close(ends[1]);
		return pl_error_new(PL_ERROR_UNREADABLE, "no worker process: %s", strerror(cause));
	}
	if (!pid)
		live(pool, parent, index, ends[1]);
	close(ends[1]);
	*place = (struct running){
		.pid = pid,
		.fd = ends[0],
		.index = index,
		.deadline = seconds_now() + (time_t)pool->limits->seconds + GRACE,
	};
	pool->results[index].output = (struct pl_strbuf)PL_STRBUF_INIT;
	return NULL;
}

static struct pl_error *describe_lateness(const struct pool *pool)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "reading was given up after %u seconds",
			    pool->limits->seconds);
}

static struct pl_error *describe_death(const struct pool *pool, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "reading was given up after %u seconds of CPU time",
				    pool->limits->cpu_seconds);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		return describe_lateness(pool);
	if (WIFSIGNALED(status))
		return pl_error_new(PL_ERROR_UNREADABLE, "reading died of signal %d (%s)",
				    WTERMSIG(status), strsignal(WTERMSIG(status)));
	return pl_error_new(PL_ERROR_UNREADABLE, "reading ended with exit code %d",
			    WEXITSTATUS(status));
}

/*
 * Takes what OUTPUT is, unless it is a result, as an error: tag, kind, message.
 * A worker that something has got hold of may send anything.
 */
static struct pl_error *received_error(const struct pl_strbuf *output)
{
	bool is_one = output->length > 2 && output->text[0] == TAG_ERROR &&
		      strlen(output->text + 2) == output->length - 2;

	return is_one ? pl_child_error(output->text[1], output->text + 2) : pl_child_error(-1, "");
}

static struct pl_error *judge(const struct pool *pool, const struct running *worker, int status)
{
	struct pl_strbuf *output = &pool->results[worker->index].output;

	if (worker->late)
		return describe_lateness(pool);
	if (worker->overflowed)
		return pl_error_new(PL_ERROR_UNREADABLE, "reading gave more than %zu bytes",
				    pool->limits->output);
	if (pl_strbuf_failed(output))
		return pl_error_no_memory();
	if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
		return describe_death(pool, status);
	if (output->length && output->text[0] == TAG_OUTPUT) {
		pl_strbuf_cut_front(output, 1);
		return NULL;
	}
	return received_error(output);
}

/*
 * The worker has nothing more to say. One that is on its way out is not
 * touched by the signal: how it ended is settled before its pipe is closed.
 */
static void finish(struct pool *pool, struct running *worker)
{
	int status = 0;

	close(worker->fd);
	kill(worker->pid, SIGKILL);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	pool->results[worker->index].error = judge(pool, worker, status);
	worker->fd = -1;
}

/* Takes what the worker has written so far; at its end, or past its limit, it is finished. */
static void receive(struct pool *pool, struct running *worker)
{
	struct pl_strbuf *output = &pool->results[worker->index].output;
	char bytes[64 * 1024];
	ssize_t got = read(worker->fd, bytes, sizeof(bytes));

	if (got < 0 && errno == EINTR)
		return;
	if (got > 0)
		pl_strbuf_add_bytes(output, bytes, (size_t)got);
	worker->overflowed = output->length > pool->limits->output;
	if (got > 0 && !worker->overflowed && !pl_strbuf_failed(output))
		return;
	finish(pool, worker);
}

/* Milliseconds until the first worker is late; -1: none ever is. */
static int time_left(const struct pool *pool)
{
	time_t now = seconds_now(), least = -1;

	for (size_t i = 0; i < pool->limits->parallel; i++) {
		const struct running *worker = &pool->running[i];
		time_t left = worker->deadline > now ? worker->deadline - now : 0;

		if (worker->fd >= 0 && pool->limits->seconds && (least < 0 || left < least))
			least = left;
	}
	return least < 0 ? -1 : least > INT_MAX / 1000 ? INT_MAX : (int)least * 1000;
}

/* How long poll() may wait for a word of some worker. */
static int time_to_wait(const struct pool *pool)
{
	int left = time_left(pool);

	return pool->limits->watch && (left < 0 || left > WATCH_MILLISECONDS) ? WATCH_MILLISECONDS
									      : left;
}

static void give_up_late(struct pool *pool)
{
	time_t now = seconds_now();

	for (size_t i = 0; i < pool->limits->parallel; i++) {
		struct running *worker = &pool->running[i];

		if (worker->fd < 0 || !pool->limits->seconds || now < worker->deadline)
			continue;
		worker->late = true;
		finish(pool, worker);
	}
}

static void wait_for_some(struct pool *pool)
{
	for (size_t i = 0; i < pool->limits->parallel; i++)
		pool->polled[i] = (struct pollfd){.fd = pool->running[i].fd, .events = POLLIN};
	if (poll(pool->polled, pool->limits->parallel, time_to_wait(pool)) < 0)
		return;
	for (size_t i = 0; i < pool->limits->parallel; i++)
		if (pool->polled[i].fd >= 0 && pool->polled[i].revents)
			receive(pool, &pool->running[i]);
	give_up_late(pool);
}

static struct running *free_place(struct pool *pool)
{
	for (size_t i = 0; i < pool->limits->parallel; i++)
		if (pool->running[i].fd < 0)
			return &pool->running[i];
	return NULL;
}

static bool any_running(const struct pool *pool)
{
	for (size_t i = 0; i < pool->limits->parallel; i++)
		if (pool->running[i].fd >= 0)
			return true;
	return false;
}

static void tell_watcher(struct pool *pool)
{
	size_t count = 0;

	if (!pool->limits->watch)
		return;
	for (size_t i = 0; i < pool->limits->parallel; i++)
		if (pool->running[i].fd >= 0)
			pool->watched[count++] = pool->running[i].index;
	pool->limits->watch(pool->limits->watch_context, pool->watched, count,
			    pool->started - count);
}

static void pool_release(struct pool *pool)
{
	free(pool->running);
	free(pool->polled);
	free(pool->watched);
}

size_t pl_workers_wanted(size_t jobs)
{
	long processors = jobs ? (long)jobs : sysconf(_SC_NPROCESSORS_ONLN);

	return processors > 0 ? (size_t)processors : 1;
}

struct pl_error *pl_workers_run(pl_worker_job *job, void *context, size_t count,
				const struct pl_worker_limits *limits,
				struct pl_worker_result *results)
{
	PL_CLEANUP(pool_release)
	struct pool pool = {
		.job = job,
		.context = context,
		.limits = limits,
		.results = results,
		.running = calloc(limits->parallel, sizeof(*pool.running)),
		.polled = calloc(limits->parallel, sizeof(*pool.polled)),
		.watched = calloc(limits->parallel, sizeof(*pool.watched)),
	};

	if (!pool.running || !pool.polled || !pool.watched)
		return pl_error_no_memory();
	for (size_t i = 0; i < limits->parallel; i++)
		pool.running[i].fd = -1;
	while (pool.started < count || any_running(&pool)) {
		struct running *place = pool.started < count ? free_place(&pool) : NULL;

		if (place) {
			results[pool.started].error = start(&pool, place, pool.started);
			pool.started++;
		} else {
			wait_for_some(&pool);
			tell_watcher(&pool);
		}
	}
	return NULL;
}

void pl_worker_result_release(struct pl_worker_result *result)
{
	pl_strbuf_release(&result->output);
	pl_error_free(result->error);
	result->error = NULL;
}
