/* SPDX-License-Identifier: MIT */
#include "support/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif
#ifdef SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

/* The first byte of what a worker sends: the rest is its output, or an error's message. */
enum tag { TAG_OUTPUT = 'o', TAG_ERROR = 'e' };

enum { WATCH_MILLISECONDS = 1000 };

/* A worker that is running. */
struct running {
	pid_t pid;
	int fd; /* -1: this place is free */
	size_t index;
	bool overflowed;
};

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

/* At the limit of CPU time a signal says so; a second later the process is killed unsaid. */
static void set_limit(int resource, size_t value)
{
	struct rlimit limit = {value, resource == RLIMIT_CPU ? value + 1 : value};

	/* A limit that is lower already stays; that is no reason not to work. */
	(void)setrlimit((__rlimit_resource_t)resource, &limit);
}

/* What libraries print when they break is no use to anyone; why a worker ended is told by its
 * parent. */
static void silence(void)
{
#ifndef SANITIZED
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (nothing >= 0)
		dup2(nothing, STDERR_FILENO);
#endif
}

static void restrict_child(const struct pl_worker_limits *limits)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	silence();
	alarm(limits->seconds);
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_FSIZE, 0);
	set_limit(RLIMIT_CPU, limits->cpu_seconds);
#ifndef SANITIZED
	set_limit(RLIMIT_AS, limits->memory);
#endif
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(fd, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

/* The error goes as its tag, its kind and its message. */
static bool send_error(int fd, const struct pl_error *error)
{
	const char head[2] = {TAG_ERROR, (char)error->kind};

	return write_all(fd, head, sizeof(head)) &&
	       write_all(fd, error->message, strlen(error->message));
}

static bool send_output(int fd, const struct pl_strbuf *output)
{
	const char tag = TAG_OUTPUT;

	return write_all(fd, &tag, 1) && write_all(fd, output->text, output->length);
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
static _Noreturn void live(const struct pool *pool, size_t index, int fd)
{
	bool done;

	restrict_child(pool->limits);
	done = do_job(pool, index, fd);
#ifdef SANITIZED
	__lsan_do_leak_check();
#endif
	_exit(done ? EXIT_SUCCESS : EXIT_FAILURE);
}

static struct pl_error *start(struct pool *pool, struct running *place, size_t index)
{
	int ends[2];
	pid_t pid;

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
	if (!pid) {
		close(ends[0]);
		live(pool, index, ends[1]);
	}
	close(ends[1]);
	*place = (struct running){.pid = pid, .fd = ends[0], .index = index};
	pool->results[index].output = (struct pl_strbuf)PL_STRBUF_INIT;
	return NULL;
}

static struct pl_error *describe_death(const struct pool *pool, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "reading was given up after %u seconds of CPU time",
				    pool->limits->cpu_seconds);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		return pl_error_new(PL_ERROR_UNREADABLE, "reading was given up after %u seconds",
				    pool->limits->seconds);
	if (WIFSIGNALED(status))
		return pl_error_new(PL_ERROR_UNREADABLE, "reading died of signal %d (%s)",
				    WTERMSIG(status), strsignal(WTERMSIG(status)));
	return pl_error_new(PL_ERROR_UNREADABLE, "reading ended with exit code %d",
			    WEXITSTATUS(status));
}

/* Takes the message that OUTPUT is, tag and kind before it, as an error. */
static struct pl_error *received_error(const struct pl_strbuf *output)
{
	int kind = output->length > 1 ? output->text[1] : PL_ERROR_UNREADABLE;

	if (kind == PL_ERROR_MEMORY || output->length < 2)
		return pl_error_new(PL_ERROR_MEMORY, "out of memory");
	return pl_error_new((enum pl_error_kind)kind, "%s", output->text + 2);
}

static struct pl_error *judge(const struct pool *pool, const struct running *worker, int status)
{
	struct pl_strbuf *output = &pool->results[worker->index].output;

	if (worker->overflowed)
		return pl_error_new(PL_ERROR_UNREADABLE, "reading gave more than %zu bytes",
				    pool->limits->output);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
		return describe_death(pool, status);
	if (pl_strbuf_failed(output))
		return pl_error_no_memory();
	if (output->length && output->text[0] == TAG_OUTPUT) {
		pl_strbuf_cut_front(output, 1);
		return NULL;
	}
	return received_error(output);
}

static void finish(struct pool *pool, struct running *worker)
{
	int status = 0;

	close(worker->fd);
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
	if (got)
		kill(worker->pid, SIGKILL);
	finish(pool, worker);
}

static void wait_for_some(struct pool *pool)
{
	for (size_t i = 0; i < pool->limits->parallel; i++)
		pool->polled[i] = (struct pollfd){.fd = pool->running[i].fd, .events = POLLIN};
	if (poll(pool->polled, pool->limits->parallel,
		 pool->limits->watch ? WATCH_MILLISECONDS : -1) < 0)
		return;
	for (size_t i = 0; i < pool->limits->parallel; i++)
		if (pool->polled[i].fd >= 0 && pool->polled[i].revents)
			receive(pool, &pool->running[i]);
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
