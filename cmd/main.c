/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "support/version.h"

static void print_help(FILE *out)
{
	fputs("usage: pagelap COMMAND [OPTION...] [SOURCE...]\n\n"
	      "Says which bytes of the kernel's struct page each overlay descriptor uses.\n\n"
	      "commands:\n",
	      out);
	for (size_t i = 0; i < n_commands; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
	fputs("\n'pagelap COMMAND --help' says more. pagelap(1) is the manual page.\n", out);
}

static enum exit_code run(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;

	if (!name) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
		print_help(stdout);
		return EXIT_CLEAN;
	}
	if (!strcmp(name, "--version")) {
		puts("pagelap " PL_VERSION);
		return EXIT_CLEAN;
	}
	for (size_t i = 0; i < n_commands; i++)
		if (!strcmp(commands[i].name, name))
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "pagelap: there is no command '%s'; see 'pagelap --help'\n", name);
	return EXIT_USAGE;
}

/* What was said, and could not be written, was not said: CODE, unless that is worse. */
static enum exit_code finish(enum exit_code code)
{
	if ((!fflush(stdout) && !ferror(stdout)) || code >= EXIT_COULD_NOT_TELL)
		return code;
	fprintf(stderr, "pagelap: standard output: cannot be written: %s\n", strerror(errno));
	return EXIT_COULD_NOT_TELL;
}

/*
 * Files must not get the numbers of standard input and its like where one of those
 * is closed. What has them now can be neither read nor written, as before.
 */
static void occupy_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0) {
			/* cppcheck-suppress leakReturnValNotUsed; it is to stay open */
			(void)open("/", O_PATH | O_DIRECTORY);
		}
}

int main(int argc, char **argv)
{
	occupy_standard_streams();
	/* Else nobody learns how a worker ended, nor whose its number is by then. */
	signal(SIGCHLD, SIG_DFL);
	return (int)finish(run(argc, argv));
}
