/* SPDX-License-Identifier: MIT */
/* Workers that crash, hang, eat memory, write too much or fail: the others are not touched. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "support/worker.h"
#include "testing.h"

enum kind { WELL, CRASHES, HANGS, WAITS, FLOODS, FAILS, EXITS, SAYS_NOTHING, N_KINDS };

static struct pl_error *job(void *context, size_t index, struct pl_strbuf *output)
{
	const enum kind *kinds = context;
	volatile unsigned spin = 0;

	switch (kinds[index]) {
	case CRASHES:
		/* Not a wild write: a sanitizer would report that before the signal does. */
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
		break;
	case HANGS:
		for (;;)
			spin++;
	case WAITS:
		for (;;)
			pause();
	case FLOODS:
		for (int i = 0; i < 4096; i++)
			pl_strbuf_add(
				output,
				"................................................................");
		break;
	case FAILS:
		return pl_error_new(PL_ERROR_MISSING, "job %zu cannot", index);
	case EXITS:
		_exit(7);
	case SAYS_NOTHING:
		break;
	default:
		pl_strbuf_printf(output, "result %zu", index);
	}
	return NULL;
}

static const struct pl_worker_limits limits = {
	.parallel = 3,
	.cpu_seconds = 1,
	.seconds = 3,
	.memory = (size_t)1 << 30,
	.output = 100000,
};

/* What a watcher has been told. */
struct watched {
	size_t calls, most_running, done;
};

static void watch(void *context, const size_t *running, size_t n_running, size_t done)
{
	struct watched *watched = context;

	watched->calls++;
	if (n_running > watched->most_running)
		watched->most_running = n_running;
	for (size_t i = 0; i < n_running; i++)
		assert_true(running[i] < 4);
	assert_true(done >= watched->done);
	watched->done = done;
}

static void run(const enum kind *kinds, size_t count, struct pl_worker_result *results)
{
	memset(results, 0, count * sizeof(*results));
	assert_null(pl_workers_run(job, (void *)kinds, count, &limits, results));
}

static void release(struct pl_worker_result *results, size_t count)
{
	for (size_t i = 0; i < count; i++)
		pl_worker_result_release(&results[i]);
}

static void every_result_stands_in_its_place(void **state)
{
	enum kind kinds[20] = {WELL};
	struct pl_worker_result results[20];
	char expected[32];

	(void)state;
	run(kinds, 20, results);
	for (size_t i = 0; i < 20; i++) {
		snprintf(expected, sizeof(expected), "result %zu", i);
		assert_null(results[i].error);
		assert_string_equal(results[i].output.text, expected);
	}
	release(results, 20);
}

static void assert_error(const struct pl_worker_result *result, enum pl_error_kind kind,
			 const char *message)
{
	assert_non_null(result->error);
	assert_int_equal(result->error->kind, kind);
	assert_string_equal(result->error->message, message);
}

static void one_that_dies_takes_nobody_along(void **state)
{
	static const enum kind kinds[] = {WELL, CRASHES, FLOODS, HANGS, FAILS, EXITS, WELL, WAITS};
	struct pl_worker_result results[8];

	(void)state;
	run(kinds, 8, results);
	assert_string_equal(results[0].output.text, "result 0");
	assert_error(&results[1], PL_ERROR_UNREADABLE,
		     "reading died of signal 11 (Segmentation fault)");
	assert_error(&results[2], PL_ERROR_UNREADABLE, "reading gave more than 100000 bytes");
	assert_error(&results[3], PL_ERROR_UNREADABLE,
		     "reading was given up after 1 seconds of CPU time");
	assert_error(&results[4], PL_ERROR_MISSING, "job 4 cannot");
	assert_error(&results[5], PL_ERROR_UNREADABLE, "reading ended with exit code 7");
	assert_null(results[6].error);
	assert_string_equal(results[6].output.text, "result 6");
	assert_error(&results[7], PL_ERROR_UNREADABLE, "reading was given up after 3 seconds");
	release(results, 8);
}

static void no_output_is_a_result(void **state)
{
	static const enum kind kinds[] = {SAYS_NOTHING};
	struct pl_worker_result results[1];

	(void)state;
	run(kinds, 1, results);
	assert_null(results[0].error);
	assert_string_equal(results[0].output.text, "");
	release(results, 1);
}

static void what_a_worker_changes_is_lost(void **state)
{
	static const enum kind kinds[] = {WELL};
	struct pl_worker_result results[1];
	struct rlimit before, after;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_CPU, &before), 0);
	run(kinds, 1, results);
	assert_int_equal(getrlimit(RLIMIT_CPU, &after), 0);
	assert_int_equal(before.rlim_cur, after.rlim_cur);
	release(results, 1);
}

/* One waits until it is killed after three seconds, which a watcher hears of every second. */
static void a_watcher_is_told_what_runs(void **state)
{
	static const enum kind kinds[] = {WELL, WAITS, WELL, FAILS};
	struct pl_worker_result results[4] = {0};
	struct watched watched = {0};
	struct pl_worker_limits watched_limits = limits;

	(void)state;
	watched_limits.watch = watch;
	watched_limits.watch_context = &watched;
	assert_null(pl_workers_run(job, (void *)kinds, 4, &watched_limits, results));
	assert_true(watched.calls >= 5);
	assert_true(watched.most_running >= 1 && watched.most_running <= 3);
	assert_int_equal(watched.done, 4);
	for (size_t i = 0; i < 4; i++)
		pl_worker_result_release(&results[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_result_stands_in_its_place),
		cmocka_unit_test(one_that_dies_takes_nobody_along),
		cmocka_unit_test(no_output_is_a_result),
		cmocka_unit_test(what_a_worker_changes_is_lost),
		cmocka_unit_test(a_watcher_is_told_what_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
