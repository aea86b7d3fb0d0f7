/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/sanitized.h"

void die(const char *what)
{
	perror(what);
	exit(2);
}

void end_with_batch(batch_cases *cases, void *context, uint64_t from, uint64_t to, rlim_t memory)
{
	const struct rlimit most = {memory, memory}, no_core = {0, 0};

	setrlimit(RLIMIT_CORE, &no_core);
	if (!PL_SANITIZED)
		setrlimit(RLIMIT_AS, &most);
	cases(context, from, to);
	exit(0); /* not _exit(): leaks are looked for at the end */
}

int run_batch(batch_cases *cases, void *context, uint64_t from, uint64_t to, rlim_t memory)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (!pid)
		end_with_batch(cases, context, from, to, memory);
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	return status;
}

void tell_end(int status, int hangs)
{
	if (!WIFSIGNALED(status))
		printf("exit %d\n", WEXITSTATUS(status));
	else
		printf("%s\n", WTERMSIG(status) == hangs ? "hangs" : strsignal(WTERMSIG(status)));
}
