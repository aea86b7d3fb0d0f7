/* SPDX-License-Identifier: MIT */
#include "held.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct held held;
static unsigned char *touched; /* a byte per page; NULL: nobody wants to know */

struct pl_error *__real_pl_file_open(const char *path, struct pl_file *ret) PL_MUST_CHECK;
struct pl_error *__wrap_pl_file_open(const char *path, struct pl_file *ret) PL_MUST_CHECK;
void __real_pl_file_close(struct pl_file *file);
void __wrap_pl_file_close(struct pl_file *file);
void __wrap_pl_file_forget(struct pl_bytes bytes);

struct pl_error *__wrap_pl_file_open(const char *path, struct pl_file *ret)
{
	if (!held.path || strcmp(path, held.path))
		return __real_pl_file_open(path, ret);
	*ret = (struct pl_file){.bytes = {held.data, held.size}, .mapped = true};
	return NULL;
}

void __wrap_pl_file_close(struct pl_file *file)
{
	if (file->bytes.data && file->bytes.data == held.data)
		*file = (struct pl_file){0};
	else
		__real_pl_file_close(file);
}

/* What has been changed would be what the file has. */
void __wrap_pl_file_forget(struct pl_bytes bytes)
{
	(void)bytes;
}

static size_t pages(void)
{
	return (held.whole + HELD_PAGE - 1) / HELD_PAGE;
}

struct held *held_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	void *data = MAP_FAILED;

	if (held.data)
		munmap(held.data, pages() * HELD_PAGE);
	held = (struct held){0};
	if (fd < 0)
		return NULL;
	if (!fstat(fd, &status) && status.st_size)
		data = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd,
			    0);
	close(fd);
	if (data == MAP_FAILED)
		return NULL;
	held = (struct held){path, data, (size_t)status.st_size, (size_t)status.st_size};
	return &held;
}

static void note_page(int signal_number, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr, start = (uintptr_t)held.data;
	size_t page = (at - start) / HELD_PAGE;

	(void)context;
	if (at < start || page >= pages()) {
		signal(signal_number, SIG_DFL); /* an error like any other, when it happens again */
		return;
	}
	touched[page] = 1;
	mprotect(held.data + page * HELD_PAGE, HELD_PAGE, PROT_READ | PROT_WRITE);
}

static void watch(void (*work)(void *context), void *context)
{
	struct sigaction action = {.sa_sigaction = note_page, .sa_flags = SA_SIGINFO}, before;

	sigaction(SIGSEGV, &action, &before);
	mprotect(held.data, held.whole, PROT_NONE);
	work(context);
	mprotect(held.data, held.whole, PROT_READ | PROT_WRITE);
	sigaction(SIGSEGV, &before, NULL);
}

size_t held_touched(void (*work)(void *context), void *context, size_t **ret)
{
	size_t count = 0;

	touched = calloc(pages(), 1);
	*ret = calloc(pages(), sizeof(**ret));
	if (!touched || !*ret)
		return 0;
	watch(work, context);
	for (size_t page = 0; page < pages(); page++)
		if (touched[page])
			(*ret)[count++] = page;
	free(touched);
	touched = NULL;
	return count;
}
