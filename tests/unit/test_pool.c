/* SPDX-License-Identifier: MIT */
/* Workers that stay: what they learn, what becomes of those that die, and of what they had to do.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "read/usage/place.h"
#include "support/pool_internal.h"
#include "testing.h"

#include "descriptors.h"

enum { COUNT_OF_JOBS = 40 };

enum kind { WELL, CRASHES, HANGS, FAILS, EXITS, FLOODS, SAYS_LITTLE, SAYS_MORE, SAYS_LATER, STAYS };

struct jobs {
	enum kind kinds[COUNT_OF_JOBS];
	unsigned done; /* by the worker that has this copy */
};

struct seen {
	char texts[COUNT_OF_JOBS][80];
	unsigned times[COUNT_OF_JOBS], most;
};

static bool is_pipe_to_write(int fd)
{
	struct stat its;

	return !fstat(fd, &its) && S_ISFIFO(its.st_mode) &&
	       (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY;
}

/* Says what no job is there to say, through the pipe that it does not know of. */
static void say(const struct pl_pool_head *head, size_t size, const char *more)
{
	char bytes[sizeof(*head) + 8];

	memcpy(bytes, head, size);
	memcpy(bytes + size, more, strlen(more));
	for (int fd = STDERR_FILENO + 1; fd < 64; fd++)
		if (is_pipe_to_write(fd) && write(fd, bytes, size + strlen(more)) < 0)
			_exit(8);
}

static void say_it_now(int signal)
{
	(void)signal;
	say(&(struct pl_pool_head){.length = 1}, sizeof(struct pl_pool_head), "2");
}

static void say_it_later(void)
{
	const struct itimerval soon = {.it_value = {.tv_usec = 200000}};

	signal(SIGALRM, say_it_now);
	setitimer(ITIMER_REAL, &soon, NULL);
}

static struct pl_error *job(void *context, size_t index, struct pl_strbuf *output)
{
	struct jobs *jobs = context;

	switch (jobs->kinds[index]) {
	case CRASHES:
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
		break;
	case HANGS:
		for (;;)
			pause();
	case FAILS:
		return pl_error_new(PL_ERROR_MISSING, "job %zu cannot", index);
	case EXITS:
		_exit(7);
	case FLOODS:
		for (int i = 0; i < 40000; i++)
			pl_strbuf_add(output, "........");
		return NULL;
	case SAYS_LITTLE:
		say(&(struct pl_pool_head){.length = 1}, 3, "");
		_exit(9);
	case SAYS_MORE:
		say(&(struct pl_pool_head){.length = 1}, sizeof(struct pl_pool_head), "12");
		for (;;)
			pause();
	case STAYS:
		say(&(struct pl_pool_head){.length = 1, .leaves = 1}, sizeof(struct pl_pool_head),
		    "1");
		for (;;)
			pause();
	case SAYS_LATER:
		say_it_later(); /* fall through */
	default:
		pl_strbuf_printf(output, "%u", ++jobs->done);
	}
	return NULL;
}

static struct pl_error *sink(void *context, size_t index, struct pl_worker_result *result)
{
	struct seen *seen = context;

	seen->times[index]++;
	snprintf(seen->texts[index], sizeof(seen->texts[index]), "%s",
		 result->error ? result->error->message : result->output.text);
	if (!result->error && strtoul(result->output.text, NULL, 10) > seen->most)
		seen->most = (unsigned)strtoul(result->output.text, NULL, 10);
	return NULL;
}

static void run(struct jobs *jobs, size_t resident, struct seen *seen)
{
	const struct pl_pool pool = {
		.job = job,
		.job_context = jobs,
		.sink = sink,
		.sink_context = seen,
		.limits = {.parallel = 3,
			   .batch = 4,
			   .seconds = 1,
			   .memory = (size_t)1 << 30,
			   .resident = resident,
			   .output = 100000},
	};

	memset(seen, 0, sizeof(*seen));
	expect_ok(pl_pool_run(&pool, COUNT_OF_JOBS));
	for (size_t i = 0; i < COUNT_OF_JOBS; i++)
		assert_int_equal(seen->times[i], 1);
}

static void workers_keep_what_they_learn(void **state)
{
	struct jobs jobs = {0};
	struct seen seen;

	(void)state;
	run(&jobs, 0, &seen);
	/* Three workers for forty jobs: one of them has done more than a few. */
	assert_true(seen.most >= COUNT_OF_JOBS / 3);
	assert_int_equal(jobs.done, 0);
}

static void workers_that_grow_are_replaced(void **state)
{
	struct jobs jobs = {0};
	struct seen seen;

	(void)state;
	run(&jobs, 1, &seen);
	assert_int_equal(seen.most, 1);
}

static void a_job_that_goes_wrong_takes_no_other_along(void **state)
{
	struct jobs jobs = {
		.kinds = {[0] = CRASHES, [5] = HANGS, [6] = FAILS, [7] = EXITS, [39] = FLOODS}};
	struct seen seen;

	(void)state;
	run(&jobs, 0, &seen);
	assert_string_equal(seen.texts[0], "reading died of signal 11 (Segmentation fault)");
	assert_string_equal(seen.texts[5], "reading was given up after 1 seconds");
	assert_string_equal(seen.texts[6], "job 6 cannot");
	assert_string_equal(seen.texts[7], "reading ended with exit code 7");
	assert_string_equal(seen.texts[39], "reading gave more than 100000 bytes");
	for (size_t i = 8; i < 39; i++)
		assert_true(strtoul(seen.texts[i], NULL, 10) > 0);
}

/* As one does that a damaged kernel has got hold of. */
static void a_worker_may_say_anything(void **state)
{
	struct jobs jobs = {.kinds = {[0] = SAYS_LITTLE,
				      [5] = SAYS_MORE,
				      [6] = STAYS,
				      [38] = HANGS,
				      [39] = SAYS_LATER}};
	struct seen seen;

	(void)state;
	run(&jobs, 0, &seen);
	assert_string_equal(seen.texts[0], "reading ended with exit code 9");
	assert_string_equal(seen.texts[5], "reading gave more than it said");
	assert_string_equal(seen.texts[6], "1");
	assert_string_equal(seen.texts[38], "reading was given up after 1 seconds");
	for (size_t i = 7; i < 40; i++)
		assert_true(i == 38 || strtoul(seen.texts[i], NULL, 10) > 0);
}

static struct pl_error *refuse(void *context, size_t index, struct pl_worker_result *result)
{
	(void)context;
	(void)result;
	return pl_error_new(PL_ERROR_MEMORY, "enough after one, not after %s",
			    index ? "two" : "one");
}

static void an_error_of_the_sink_ends_it(void **state)
{
	struct jobs jobs = {0};
	const struct pl_pool pool = {
		.job = job,
		.job_context = &jobs,
		.sink = refuse,
		.limits = {.parallel = 1, .batch = 1, .output = 1000},
	};

	(void)state;
	expect_error(pl_pool_run(&pool, 10), PL_ERROR_MEMORY, "enough after one, not after one");
}

static struct pl_error *say_limit(void *context, size_t index, struct pl_strbuf *output)
{
	struct rlimit limit;

	(void)context;
	(void)index;
	getrlimit(RLIMIT_CPU, &limit);
	pl_strbuf_printf(output, "%s", limit.rlim_cur < 100 ? "little" : "much");
	return NULL;
}

static struct pl_error *compute(void *context, size_t index, struct pl_strbuf *output)
{
	(void)context;
	(void)index;
	(void)output;
	raise(SIGXCPU);
	return NULL;
}

static void cpu_time_is_limited_too(void **state)
{
	struct seen seen = {0};
	struct pl_pool pool = {
		.job = say_limit,
		.sink = sink,
		.sink_context = &seen,
		.limits = {.parallel = 1, .batch = 2, .seconds = 50, .output = 1000},
	};

	(void)state;
	expect_ok(pl_pool_run(&pool, 2));
	assert_string_equal(seen.texts[0], "little");
	assert_string_equal(seen.texts[1], "little");
	pool.job = compute;
	expect_ok(pl_pool_run(&pool, 1));
	assert_string_equal(seen.texts[0], "reading took too much CPU time");
}

/* Not what its parent has open: its two pipes, and what is kept for it. */
static void a_worker_has_what_is_kept_for_it(void **state)
{
	int files[] = {open("/dev/null", O_RDONLY), open("/dev/null", O_RDONLY),
		       fcntl(STDIN_FILENO, F_DUPFD, 700)};
	struct seen seen = {0};
	struct pl_pool pool = {
		.job = count_open,
		.sink = sink,
		.sink_context = &seen,
		.limits = {.parallel = 2, .batch = 1, .output = 1000},
	};

	(void)state;
	expect_ok(pl_pool_run(&pool, 2));
	assert_string_equal(seen.texts[0], "2");
	assert_string_equal(seen.texts[1], "2");
	pool.kept = &files[1];
	pool.n_kept = 1;
	expect_ok(pl_pool_run(&pool, 2));
	assert_string_equal(seen.texts[0], "3");
	pool.n_kept = 2;
	expect_ok(pl_pool_run(&pool, 2));
	assert_string_equal(seen.texts[0], "4");
	for (size_t i = 0; i < COUNT(files); i++)
		close(files[i]);
}

/* Also when the pipes get the numbers that standard output and its like have otherwise. */
static void closed_standard_streams_do_no_harm(void **state)
{
	struct jobs jobs = {0};
	struct seen seen = {0};
	const struct pl_pool pool = {
		.job = job,
		.job_context = &jobs,
		.sink = sink,
		.sink_context = &seen,
		.limits = {.parallel = 2, .batch = 1, .output = 1000},
	};
	struct pl_error *error;
	struct closed_streams closed;

	(void)state;
	closed = close_streams();
	error = pl_pool_run(&pool, 4);
	reopen_streams(&closed);
	expect_ok(error);
	for (size_t i = 0; i < 4; i++)
		assert_true(strtoul(seen.texts[i], NULL, 10) > 0);
}

/* A directory that a worker may write to, and a file beside it. */
static char place[32], precious[48];

/* One letter each: in capitals if it was not as it should be. */
static struct pl_error *write_files(void *context, size_t index, struct pl_strbuf *output)
{
	char path[64];
	int fd;

	(void)context;
	(void)index;
	snprintf(path, sizeof(path), "%s/made", place);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	pl_strbuf_add(output, fd >= 0 && write(fd, "x", 1) == 1 ? "w" : "W");
	pl_strbuf_add(output, open(precious, O_WRONLY) < 0 && errno == EACCES ? "o" : "O");
	pl_strbuf_add(output, unlink(precious) < 0 && errno == EACCES ? "r" : "R");
	snprintf(path, sizeof(path), "/proc/%d/mem", getppid());
	pl_strbuf_add(output, open(path, O_RDWR) < 0 ? "m" : "M");
	snprintf(path, sizeof(path), "%s/directory", place);
	pl_strbuf_add(output, mkdir(path, 0700) < 0 && errno == EACCES ? "d" : "D");
	return NULL;
}

static void a_worker_that_writes_does_so_in_its_place(void **state)
{
	struct seen seen = {0};
	const struct pl_pool pool = {
		.job = write_files,
		.sink = sink,
		.sink_context = &seen,
		.limits = {.parallel = 1,
			   .batch = 1,
			   .output = 1000,
			   .file = 1000,
			   .directory = place},
	};

	(void)state;
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1) {
		print_message("skipped: this kernel has no Landlock\n");
		skip();
	}
	strcpy(place, "/tmp/pool-test-XXXXXX");
	assert_non_null(mkdtemp(place));
	snprintf(precious, sizeof(precious), "%s.precious", place);
	close(open(precious, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	expect_ok(pl_pool_run(&pool, 1));
	assert_int_equal(unlink(precious), 0);
	pl_place_remove(&(const char *){place});
	assert_int_equal(access(place, F_OK), -1);
	assert_string_equal(seen.texts[0], "wormd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers_keep_what_they_learn),
		cmocka_unit_test(workers_that_grow_are_replaced),
		cmocka_unit_test(a_job_that_goes_wrong_takes_no_other_along),
		cmocka_unit_test(a_worker_may_say_anything),
		cmocka_unit_test(an_error_of_the_sink_ends_it),
		cmocka_unit_test(cpu_time_is_limited_too),
		cmocka_unit_test(a_worker_has_what_is_kept_for_it),
		cmocka_unit_test(closed_standard_streams_do_no_harm),
		cmocka_unit_test(a_worker_that_writes_does_so_in_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
