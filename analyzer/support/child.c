/* SPDX-License-Identifier: MIT */
#include "support/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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
 * is told by its parent. Standard output is the report's alone.
 */
static void silence(void)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nothing < 0)
		return;
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	if (!PL_SANITIZED)
		dup2(nothing, STDERR_FILENO);
	if (nothing > STDERR_FILENO)
		close(nothing);
}

void pl_child_restrict(const struct pl_child_limits *limits)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
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
