/* SPDX-License-Identifier: MIT */
/* Preloaded, it puts FORGED in place of a worker's result that names a file called "forge". */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t write(int fd, const void *bytes, size_t size)
{
	const char *forged = getenv("FORGED");
	size_t left = forged ? strlen(forged) : 0;
	long done;

	if (!memmem(bytes, size, "\"forge\"", 7))
		return syscall(SYS_write, fd, bytes, size);
	for (; left; forged += done, left -= (size_t)done) {
		done = syscall(SYS_write, fd, forged, left);
		if (done <= 0)
			return done;
	}
	return (ssize_t)size;
}
