/* SPDX-License-Identifier: MIT */
#include "support/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "support/confine.h"
#include "support/sanitized.h"

#if PL_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

/* At the limit of CPU time a signal says so; a second later the process is killed unsaid. */
static void set_limit(int resource, size_t value)
{
	struct rlimit limit = {value, resource == RLIMIT_CPU ? value + 1 : value};

	/* A limit that is lower already stays; that is no reason not to work. */
	(void)setrlimit((__rlimit_resource_t)resource, &limit);
}

/*
 * What libraries print when they break is no use to anyone; why a child ended
 * is told by its parent. Standard output is the report's alone. Where there is no
 * /dev/null, what can be neither read nor written takes its place.
 */
static void silence(void)
{
	int last = PL_SANITIZED ? STDOUT_FILENO : STDERR_FILENO, nothing;

	close(STDIN_FILENO);
	nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nothing < 0)
		nothing = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (int fd = STDIN_FILENO; fd <= last; fd++)
		if (dup2(nothing, fd) < 0)
			pl_child_exit(false);
	if (nothing > last)
		close(nothing);
}

/* Those that have the numbers of standard input and its like take others. */
static void move_up(int *kept, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (kept[i] >= 0 && kept[i] <= STDERR_FILENO)
			kept[i] = fcntl(kept[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

/* Kernels before 5.9 have no call for it, and are asked for each number that is likely. */
static void close_range_of(int first, int last)
{
	enum { LIKELY = 65536 };
	long most = sysconf(_SC_OPEN_MAX);

	if (!syscall(__NR_close_range, first, last, 0))
		return;
	for (int fd = first; fd <= last && fd < most && fd < LIKELY; fd++)
		close(fd);
}

/* Closes all that is open but standard input and its like, and the COUNT that are KEPT. */
static void close_others(const int *kept, size_t count)
{
	int first = STDERR_FILENO + 1, next = first;

	while (next < INT_MAX) {
		next = INT_MAX;
		for (size_t i = 0; i < count; i++)
			if (kept[i] >= first && kept[i] < next)
				next = kept[i];
		if (next > first)
			close_range_of(first, next - 1);
		if (next < INT_MAX)
			first = next + 1;
	}
}

void pl_child_restrict(const struct pl_child_limits *limits, int *kept, size_t count)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != limits->parent)
		pl_child_exit(false);
	/* No terminal is its own, to be read or typed into; Ctrl-C ends its parent, and so this
	 * one. */
	setsid();
	move_up(kept, count);
	close_others(kept, count);
	silence();
	alarm(limits->seconds);
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_FSIZE, limits->file);
	if (limits->cpu_seconds)
		set_limit(RLIMIT_CPU, limits->cpu_seconds);
	if (limits->memory && !PL_SANITIZED)
		set_limit(RLIMIT_AS, limits->memory);
	pl_confine(limits->directory);
}

bool pl_child_write(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t written = write(fd, at, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		at += written;
		length -= (size_t)written;
	}
	return true;
}

struct pl_error *pl_child_error(int kind, const char *message)
{
	switch (kind) {
	case PL_ERROR_MEMORY:
		return pl_error_no_memory();
	case PL_ERROR_UNREADABLE:
	case PL_ERROR_MISSING:
	case PL_ERROR_USAGE:
		return pl_error_new((enum pl_error_kind)kind, "%s", message);
	default:
		return pl_error_new(PL_ERROR_UNREADABLE, "reading gave no result");
	}
}

_Noreturn void pl_child_exit(bool done)
{
#if PL_SANITIZED
	__lsan_do_leak_check();
#endif
	_exit(done ? EXIT_SUCCESS : EXIT_FAILURE);
}

size_t pl_child_resident(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	char line[256], *resident = NULL;
	size_t pages = 0;

	if (!file)
		return 0;
	/* Its size comes first. */
	if (fgets(line, sizeof(line), file))
		resident = strchr(line, ' ');
	if (resident)
		pages = strtoul(resident, NULL, 10);
	fclose(file);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}
