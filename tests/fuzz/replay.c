/* SPDX-License-Identifier: MIT */
/*
 * replay PATH...: feeds a fuzz target the files named, and those in the
 * directories named. An input that takes more than ten seconds of CPU time is
 * a failure, and so is it when there is none at all.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "fuzz.h"
#include "support/file.h"
#include "support/strbuf.h"

enum { SECONDS = 10 };

static _Noreturn void die(const char *path, const char *why)
{
	fprintf(stderr, "replay: %s: %s\n", path, why);
	exit(2);
}

static size_t replay_file(const char *path)
{
	const struct itimerval limit = {.it_value = {.tv_sec = SECONDS}}, none = {0};
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_error *error = pl_file_open(path, &file);
	unsigned char *copy;

	if (error)
		die(path, error->message);
	/* A copy of just its size: a sanitizer sees what goes past its end. */
	copy = malloc(file.bytes.size ? file.bytes.size : 1);
	if (!copy)
		die(path, "out of memory");
	if (file.bytes.size)
		memcpy(copy, file.bytes.data, file.bytes.size);
	fprintf(stderr, "%s\n", path);
	setitimer(ITIMER_PROF, &limit, NULL); /* SIGPROF is the end */
	LLVMFuzzerTestOneInput(copy, file.bytes.size);
	setitimer(ITIMER_PROF, &none, NULL);
	free(copy);
	return 1;
}

static size_t replay(const char *path);

static size_t replay_directory(const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	size_t count = 0;

	if (!directory)
		die(path, "cannot be listed");
	while ((entry = readdir(directory))) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf name = PL_STRBUF_INIT;

		if (*entry->d_name == '.')
			continue;
		pl_strbuf_printf(&name, "%s/%s", path, entry->d_name);
		count += replay(name.text);
	}
	closedir(directory);
	return count;
}

static size_t replay(const char *path)
{
	struct stat status;

	if (stat(path, &status) < 0)
		die(path, "is not there");
	return S_ISDIR(status.st_mode) ? replay_directory(path) : replay_file(path);
}

int main(int argc, char **argv)
{
	size_t count = 0;

	for (int i = 1; i < argc; i++)
		count += replay(argv[i]);
	if (!count)
		die(argc > 1 ? argv[1] : "no path", "no input");
	printf("%zu inputs\n", count);
	return 0;
}
