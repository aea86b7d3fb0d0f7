/* SPDX-License-Identifier: MIT */
#include "descriptors.h"

#include <fcntl.h>
#include <unistd.h>

struct pl_error *count_open(void *context, size_t index, struct pl_strbuf *output)
{
	size_t count = 0;

	(void)context;
	(void)index;
	for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	pl_strbuf_printf(output, "%zu", count);
	return NULL;
}

struct closed_streams close_streams(void)
{
	struct closed_streams closed;

	for (int fd = 0; fd < 3; fd++)
		closed.kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	for (int fd = 0; fd < 3; fd++)
		close(fd);
	return closed;
}

void reopen_streams(const struct closed_streams *closed)
{
	for (int fd = 0; fd < 3; fd++) {
		dup2(closed->kept[fd], fd);
		close(closed->kept[fd]);
	}
}
