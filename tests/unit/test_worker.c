/* SPDX-License-Identifier: MIT */
/* Workers that crash, hang, eat memory, write too much or fail: the others are not touched. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "support/sanitized.h"
#include "support/worker.h"
#include "testing.h"

#include "descriptors.h"

enum kind {
	WELL,
	CRASHES,
	HANGS,
	WAITS,
	FLOODS,
	FAILS,
	EXITS,
	SAYS_NOTHING,
	STOPS,
	IS_KILLED,
	EATS_MEMORY,
	PRINTS,
	IS_LARGE,
	CONFESSES,
};

/* What a worker is forbidden, one letter each: in capitals if it was not refused. */
static void try_forbidden(struct pl_strbuf *output)
{
	char *const none[] = {NULL};
	char *const program[] = {(char[]){"true"}, NULL};
	int fd = socket(AF_INET, SOCK_STREAM, 0), pair[2];
	pid_t pid;

	pl_strbuf_add(output, fd < 0 && errno == EPERM ? "s" : "S");
	fd = socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	pl_strbuf_add(output, fd < 0 && errno == EPERM ? "p" : "P");
	fd = (int)syscall(SYS_io_uring_setup, 1, NULL);
	pl_strbuf_add(output, fd < 0 && errno == EPERM ? "u" : "U");
	if (PL_SANITIZED)
		return;
	pid = fork();
	if (!pid)
		_exit(0);
	pl_strbuf_add(output, pid < 0 && errno == EPERM ? "f" : "F");
	execve("/bin/true", program, none);
	pl_strbuf_add(output, errno == EPERM ? "x" : "X");
}

/* A file of the parent's. */
static char precious[32];

static void try_files(struct pl_strbuf *output)
{
	int fd = open("worker-test.new", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	pl_strbuf_add(output, fd < 0 && errno == EACCES ? "n" : "N");
	fd = open(precious, O_WRONLY | O_TRUNC | O_CLOEXEC);
	pl_strbuf_add(output, fd < 0 && errno == EACCES ? "w" : "W");
	pl_strbuf_add(output, unlink(precious) < 0 && errno == EACCES ? "r" : "R");
	fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	pl_strbuf_add(output, fd >= 0 ? "o" : "O");
}

/* None of these opens a file for writing. */
static void try_changes(struct pl_strbuf *output)
{
	int fd = open(precious, O_RDONLY | O_CLOEXEC), flags = 0;

	pl_strbuf_add(output, truncate(precious, 0) < 0 && errno == EACCES ? "t" : "T");
	pl_strbuf_add(output,
		      open(precious, O_RDONLY | O_TRUNC) < 0 && errno == EACCES ? "e" : "E");
	pl_strbuf_add(output, chmod(precious, 0777) < 0 && errno == EACCES ? "m" : "M");
	pl_strbuf_add(output, fchmod(fd, 0777) < 0 && errno == EACCES ? "m" : "M");
	pl_strbuf_add(output,
		      chown(precious, getuid(), getgid()) < 0 && errno == EACCES ? "o" : "O");
	pl_strbuf_add(output,
		      utimensat(AT_FDCWD, precious, NULL, 0) < 0 && errno == EACCES ? "u" : "U");
	pl_strbuf_add(output,
		      setxattr(precious, "user.x", "y", 1, 0) < 0 && errno == EACCES ? "x" : "X");
	pl_strbuf_add(output,
		      ioctl(fd, FS_IOC_GETFLAGS, &flags) < 0 && errno == ENOTTY ? "f" : "F");
}

/* It has no terminal, and nothing that processes of one user share. */
static void try_system(struct pl_strbuf *output)
{
	pl_strbuf_add(output, getsid(0) == getpid() ? "s" : "S");
	pl_strbuf_add(output, unshare(CLONE_NEWUSER) < 0 && errno == EPERM ? "u" : "U");
	pl_strbuf_add(output, shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) < 0 && errno == EPERM
				      ? "m"
				      : "M");
	pl_strbuf_add(output,
		      syscall(SYS_add_key, "user", "pagelap", "x", 1, -3) < 0 && errno == EPERM
			      ? "k"
			      : "K");
}

/* Other processes, and its own limits; what it may do to itself. */
static void try_processes(struct pl_strbuf *output)
{
	struct rlimit limit = {1, 1};

	if (PL_SANITIZED)
		return;
	pl_strbuf_add(output, kill(getppid(), 0) < 0 && errno == EPERM ? "k" : "K");
	pl_strbuf_add(output, kill(0, 0) < 0 && errno == EPERM ? "g" : "G");
	pl_strbuf_add(output, syscall(SYS_tgkill, getppid(), getppid(), 0) < 0 && errno == EPERM
				      ? "t"
				      : "T");
	pl_strbuf_add(output, !kill(getpid(), 0) ? "i" : "I");
	pl_strbuf_add(output, !prlimit(getpid(), RLIMIT_NOFILE, NULL, &limit) ? "a" : "A");
	pl_strbuf_add(output, setrlimit(RLIMIT_NOFILE, &limit) < 0 && errno == EPERM ? "l" : "L");
	pl_strbuf_add(output, prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit) < 0 && errno == EPERM
				      ? "p"
				      : "P");
}

static struct pl_error *eat_memory(void)
{
	for (;;) {
		void *memory = mmap(NULL, (size_t)64 << 20, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED)
			return pl_error_no_memory();
	}
}

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
	case STOPS:
		raise(SIGSTOP);
		break;
	case IS_KILLED:
		pl_strbuf_add(output, "half a res");
		raise(SIGKILL);
		break;
	case EATS_MEMORY:
		return eat_memory();
	case PRINTS:
		puts("this belongs to no report");
		fflush(stdout);
		break;
	case IS_LARGE:
		for (int i = 0; i < 99000; i++)
			pl_strbuf_add_char(output, (char)i);
		break;
	case CONFESSES:
		try_forbidden(output);
		try_files(output);
		try_changes(output);
		try_system(output);
		try_processes(output);
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
	static const enum kind kinds[] = {WELL, CRASHES, FLOODS, FAILS, EXITS, WELL, WAITS};
	struct pl_worker_result results[7];

	(void)state;
	run(kinds, 7, results);
	assert_string_equal(results[0].output.text, "result 0");
	assert_error(&results[1], PL_ERROR_UNREADABLE,
		     "reading died of signal 11 (Segmentation fault)");
	assert_error(&results[2], PL_ERROR_UNREADABLE, "reading gave more than 100000 bytes");
	assert_error(&results[3], PL_ERROR_MISSING, "job 3 cannot");
	assert_error(&results[4], PL_ERROR_UNREADABLE, "reading ended with exit code 7");
	assert_null(results[5].error);
	assert_string_equal(results[5].output.text, "result 5");
	assert_error(&results[6], PL_ERROR_UNREADABLE, "reading was given up after 3 seconds");
	release(results, 7);
}

/* A busy machine may take long to give it a second of CPU time. */
static void one_that_hangs_takes_nobody_along(void **state)
{
	static const enum kind kinds[] = {WELL, HANGS, WELL};
	struct pl_worker_limits patient = limits;
	struct pl_worker_result results[3];

	(void)state;
	patient.seconds = 100;
	memset(results, 0, sizeof(results));
	assert_null(pl_workers_run(job, (void *)kinds, 3, &patient, results));
	assert_null(results[0].error);
	assert_error(&results[1], PL_ERROR_UNREADABLE,
		     "reading was given up after 1 seconds of CPU time");
	assert_string_equal(results[2].output.text, "result 2");
	release(results, 3);
}

static void one_that_is_stopped_or_killed_takes_nobody_along(void **state)
{
	static const enum kind kinds[] = {STOPS, WELL, IS_KILLED, WELL, EATS_MEMORY, WELL};
	size_t count = PL_SANITIZED ? 4 : 6; /* there, address space has no limit */
	struct pl_worker_result results[6];

	(void)state;
	run(kinds, count, results);
	assert_error(&results[0], PL_ERROR_UNREADABLE, "reading was given up after 3 seconds");
	assert_error(&results[2], PL_ERROR_UNREADABLE, "reading died of signal 9 (Killed)");
	assert_string_equal(results[2].output.text, "");
	if (count > 4)
		assert_error(&results[4], PL_ERROR_MEMORY, "out of memory");
	for (size_t i = 1; i < count; i += 2)
		assert_null(results[i].error);
	release(results, count);
}

/* Everything, also zero bytes, arrives as it was. */
static void a_large_result_is_whole(void **state)
{
	static const enum kind kinds[] = {IS_LARGE, IS_LARGE};
	struct pl_worker_result results[2];

	(void)state;
	run(kinds, 2, results);
	for (size_t r = 0; r < 2; r++) {
		assert_null(results[r].error);
		assert_int_equal(results[r].output.length, 99000);
		for (int i = 0; i < 99000; i++)
			assert_int_equal(results[r].output.text[i], (char)i);
	}
	release(results, 2);
}

/* A job that goes past pl_strbuf to what only the worker itself should write to. */
static struct pl_error *write_garbage(void *context, size_t index, struct pl_strbuf *output)
{
	static const struct {
		const char *bytes;
		size_t length;
	} garbage[] = {{"", 0},	       {"x", 1},	 {"junk", 4},	     {"e", 1},
		       {"e\x63??", 4}, {"e\0??\0??", 7}, {"\0\0\0\0\0\0", 6}};

	(void)context;
	(void)output;
	for (int fd = STDERR_FILENO + 1; fd < 64; fd++) {
		char name[32], target[8] = "";

		snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
		if (readlink(name, target, 5) == 5 && !strcmp(target, "pipe:"))
			(void)!write(fd, garbage[index].bytes, garbage[index].length);
	}
	_exit(EXIT_SUCCESS);
}

static void garbage_is_no_result(void **state)
{
	struct pl_worker_result results[7];

	(void)state;
	memset(results, 0, sizeof(results));
	assert_null(pl_workers_run(write_garbage, NULL, 7, &limits, results));
	for (size_t i = 0; i < 7; i++)
		assert_error(&results[i], PL_ERROR_UNREADABLE, "reading gave no result");
	release(results, 7);
}

/* Of all pipes that a worker has, one is to write its own result to, and none to read others'. */
static struct pl_error *count_readable_pipes(void *context, size_t index, struct pl_strbuf *output)
{
	size_t count = 0;

	(void)context;
	if (index == 2) /* the others are running meanwhile */
		for (int fd = STDERR_FILENO + 1; fd < 64; fd++)
			if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY &&
			    lseek(fd, 0, SEEK_CUR) < 0 && errno == ESPIPE)
				count++;
	if (index != 2)
		usleep(300000);
	pl_strbuf_printf(output, "%zu", count);
	return NULL;
}

static void no_worker_sees_the_results_of_others(void **state)
{
	struct pl_worker_result results[3];

	(void)state;
	memset(results, 0, sizeof(results));
	assert_null(pl_workers_run(count_readable_pipes, NULL, 3, &limits, results));
	for (size_t i = 0; i < 3; i++)
		assert_null(results[i].error);
	assert_string_equal(results[2].output.text, "0");
	release(results, 3);
}

/* Not what its parent has open, nor what that was given: its own pipe is all. */
static void a_worker_inherits_nothing(void **state)
{
	int files[] = {open("/dev/null", O_RDONLY), fcntl(STDIN_FILENO, F_DUPFD, 700)};
	struct pl_worker_result results[1] = {0};

	(void)state;
	assert_null(pl_workers_run(count_open, NULL, 1, &limits, results));
	assert_null(results[0].error);
	assert_string_equal(results[0].output.text, "1");
	release(results, 1);
	close(files[0]);
	close(files[1]);
}

static void a_worker_that_prints_is_not_heard(void **state)
{
	static const enum kind kinds[] = {PRINTS};
	struct pl_worker_result results[1];
	int kept = dup(STDOUT_FILENO), ends[2];
	char heard[8];

	(void)state;
	fflush(stdout);
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDOUT_FILENO);
	run(kinds, 1, results);
	dup2(kept, STDOUT_FILENO);
	close(ends[1]);
	assert_int_equal(read(ends[0], heard, sizeof(heard)), 0);
	close(ends[0]);
	close(kept);
	assert_null(results[0].error);
	release(results, 1);
}

/* A job writes to the standard output that its parent has, if it can; OUTPUT is what it reads. */
static struct pl_error *reach_out(void *context, size_t index, struct pl_strbuf *output)
{
	char byte;

	(void)context;
	(void)index;
	(void)!write(STDOUT_FILENO, "this belongs to no report", 25);
	pl_strbuf_add(output, read(STDIN_FILENO, &byte, 1) > 0 ? "heard" : "deaf");
	return NULL;
}

/* Runs a worker where there is no /dev; not 0: it was heard, or hears. */
static int run_without_devices(const char *root, int fd)
{
	struct pl_worker_result results[1] = {0};
	int status = 1;

	/* Nor is there a /proc, by which leaks are looked for. */
	if (PL_SANITIZED || chroot(root) < 0)
		return 77;
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	if (!pl_workers_run(reach_out, NULL, 1, &limits, results) && !results[0].error)
		status = strcmp(results[0].output.text, "deaf") != 0;
	release(results, 1);
	return status;
}

static void without_dev_null_a_worker_is_cut_off_too(void **state)
{
	char root[] = "/tmp/worker-test-XXXXXX";
	int fd, status;
	pid_t pid;

	(void)state;
	assert_non_null(mkdtemp(root));
	fd = memfd_create("standard streams", 0);
	assert_int_equal(write(fd, "secret", 6), 6);
	pid = fork();
	if (!pid) {
		lseek(fd, 0, SEEK_SET);
		_exit(run_without_devices(root, fd));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(rmdir(root), 0);
	if (WEXITSTATUS(status) == 77)
		print_message("not tried: only root may do so\n");
	else
		assert_int_equal(status, 0);
	assert_int_equal(lseek(fd, 0, SEEK_END), 6);
	close(fd);
}

/* Also when the pipes get the numbers that standard output and its like have otherwise. */
static void closed_standard_streams_do_no_harm(void **state)
{
	static const enum kind kinds[] = {WELL, WELL};
	struct pl_worker_result results[2];
	struct closed_streams closed;

	(void)state;
	closed = close_streams();
	memset(results, 0, sizeof(results));
	results[0].error = pl_workers_run(job, (void *)kinds, 2, &limits, results);
	reopen_streams(&closed);
	assert_null(results[0].error);
	assert_string_equal(results[0].output.text, "result 0");
	assert_string_equal(results[1].output.text, "result 1");
	release(results, 2);
}

static bool has_seccomp(void)
{
	return prctl(PR_GET_SECCOMP) >= 0;
}

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

static void a_worker_may_only_read_and_compute(void **state)
{
	static const enum kind kinds[] = {CONFESSES};
	struct pl_worker_result results[1];

	(void)state;
	if (!has_seccomp() || !has_landlock()) {
		print_message("skipped: this kernel has no seccomp filters or no Landlock\n");
		skip();
	}
	strcpy(precious, "/tmp/worker-test-XXXXXX");
	close(mkstemp(precious));
	run(kinds, 1, results);
	assert_int_equal(unlink(precious), 0);
	assert_null(results[0].error);
	assert_string_equal(results[0].output.text,
			    PL_SANITIZED ? "spunwrotemmouxfsumk" : "spufxnwrotemmouxfsumkkgtialp");
	release(results, 1);
}

/* What is left of the rights of root, in hexadecimal, and whether that is enough to read. */
static struct pl_error *say_rights(void *context, size_t index, struct pl_strbuf *output)
{
	struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct its[_LINUX_CAPABILITY_U32S_3] = {{0}};

	(void)context;
	(void)index;
	syscall(SYS_capget, &head, its);
	pl_strbuf_printf(output, "%x %x %s",
			 its[0].permitted & ~(1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH),
			 its[1].permitted, open(precious, O_RDONLY) >= 0 ? "reads" : "cannot read");
	return NULL;
}

static void of_root_s_rights_a_worker_keeps_to_read(void **state)
{
	struct pl_worker_result results[1] = {0};

	(void)state;
	strcpy(precious, "/tmp/worker-test-XXXXXX");
	close(mkstemp(precious));
	/* It stays its own for anybody else. */
	(void)!chown(precious, 12345, 12345);
	assert_null(pl_workers_run(say_rights, NULL, 1, &limits, results));
	assert_int_equal(unlink(precious), 0);
	assert_null(results[0].error);
	assert_string_equal(results[0].output.text, "0 0 reads");
	release(results, 1);
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
		cmocka_unit_test(one_that_hangs_takes_nobody_along),
		cmocka_unit_test(one_that_is_stopped_or_killed_takes_nobody_along),
		cmocka_unit_test(a_large_result_is_whole),
		cmocka_unit_test(garbage_is_no_result),
		cmocka_unit_test(no_worker_sees_the_results_of_others),
		cmocka_unit_test(a_worker_inherits_nothing),
		cmocka_unit_test(a_worker_that_prints_is_not_heard),
		cmocka_unit_test(without_dev_null_a_worker_is_cut_off_too),
		cmocka_unit_test(closed_standard_streams_do_no_harm),
		cmocka_unit_test(a_worker_may_only_read_and_compute),
		cmocka_unit_test(of_root_s_rights_a_worker_keeps_to_read),
		cmocka_unit_test(no_output_is_a_result),
		cmocka_unit_test(what_a_worker_changes_is_lost),
		cmocka_unit_test(a_watcher_is_told_what_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
