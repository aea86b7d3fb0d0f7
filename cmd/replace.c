/* SPDX-License-Identifier: MIT */
#include "replace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void free_cleanup(void *pointer)
{
	free(*(void **)pointer);
}

static struct pl_error *cannot(const char *path, int cause)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: cannot be written: %s", path,
			    strerror(cause));
}

/* Of the file that is replaced, else of any new file. */
static mode_t mode_for(const char *path)
{
	struct stat status;
	mode_t mask = umask(0);

	umask(mask);
	return stat(path, &status) ? 0666 & ~mask : status.st_mode & 07777;
}

/* 0, or what went wrong. Closes FD. */
static int fill(int fd, const struct pl_strbuf *text, mode_t mode)
{
	FILE *file = fdopen(fd, "w");
	int cause = 0;

	if (!file) {
		cause = errno;
		close(fd);
		return cause;
	}
	if (fwrite(text->text, 1, text->length, file) != text->length || fflush(file) ||
	    fchmod(fd, mode) || fsync(fd))
		cause = errno;
	if (fclose(file) && !cause)
		cause = errno;
	return cause;
}

/* At PATH, which is no link. */
static int replace(const char *path, const struct pl_strbuf *text)
{
	PL_CLEANUP(free_cleanup) char *beside = NULL;
	int fd, cause;

	if (asprintf(&beside, "%s.XXXXXX", path) < 0) {
		beside = NULL;
		return ENOMEM;
	}
	fd = mkstemp(beside);
	if (fd < 0)
		return errno;
	cause = fill(fd, text, mode_for(path));
	if (!cause && rename(beside, path))
		cause = errno;
	if (cause)
		unlink(beside);
	return cause;
}

struct pl_error *replace_file(const char *path, const struct pl_strbuf *text)
{
	PL_CLEANUP(free_cleanup) char *real = realpath(path, NULL);
	struct stat status;
	int cause;

	if (!real && !lstat(path, &status) && S_ISLNK(status.st_mode))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: cannot be written: a symbolic link that leads nowhere",
				    path);
	/* A device or a pipe would be gone. */
	if (real && !stat(real, &status) && !S_ISREG(status.st_mode))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: cannot be written: not a regular file", path);
	cause = replace(real ? real : path, text);
	return cause ? cannot(path, cause) : NULL;
}
