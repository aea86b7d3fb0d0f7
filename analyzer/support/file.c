/* SPDX-License-Identifier: MIT */
#include "support/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that cannot be mapped and is larger than this is no kernel's BTF, configuration or note.
 */
enum { MAX_UNMAPPED = 256 << 20 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static struct pl_error *read_all(int fd, const char *path, struct pl_file *ret)
{
	size_t size = 0, capacity = 64 * 1024;
	unsigned char *data = malloc(capacity), *larger;
	ssize_t got;

	while (data && (got = read(fd, data + size, capacity - size)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || size > MAX_UNMAPPED) {
			int cause = got < 0 ? errno : EFBIG;

			free(data);
			return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", path, strerror(cause));
		}
		size += (size_t)got;
		if (size < capacity)
			continue;
		larger = realloc(data, capacity *= 2);
		if (!larger)
			free(data);
		data = larger;
	}
	if (!data)
		return pl_error_no_memory();
	*ret = (struct pl_file){.bytes = {data, size}};
	return NULL;
}

struct pl_error *pl_file_open(const char *path, struct pl_file *ret)
{
	PL_CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	void *data;

	if (fd < 0 || fstat(fd, &status) < 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", path, strerror(EISDIR));
	if (!S_ISREG(status.st_mode))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: not a regular file", path);
	data = status.st_size ? mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
			      : MAP_FAILED;
	if (data == MAP_FAILED)
		return read_all(fd, path, ret);
	*ret = (struct pl_file){.bytes = {data, (size_t)status.st_size}, .mapped = true};
	return NULL;
}

void pl_file_forget(struct pl_bytes bytes)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)bytes.data;
	uintptr_t first = (start + page - 1) / page * page,
		  end = (start + bytes.size) / page * page;

	if (first < end)
		madvise((void *)(bytes.data + (first - start)), end - first, MADV_DONTNEED);
}

void pl_file_close(struct pl_file *file)
{
	if (file->mapped)
		munmap((void *)file->bytes.data, file->bytes.size);
	else
		free((void *)file->bytes.data);
	*file = (struct pl_file){0};
}
