/* SPDX-License-Identifier: MIT */
/*
 * Which places of a library built with -fsanitize-coverage=trace-pc are reached: the byte of each such place, counted
 * from the start of the library, is set in the file REACH_FILE. The file is mapped before anything else happens, so
 * that processes that are killed, and those that may open nothing, leave their traces, too.
 */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void __sanitizer_cov_trace_pc(void);

extern const char __ehdr_start[] __attribute__((visibility("hidden")));

static unsigned char *reached;

__attribute__((constructor(101))) static void map_file(void)
{
	int file = open(REACH_FILE, O_RDWR | O_CLOEXEC);
	void *mapped;

	if (file < 0)
		return;
	mapped = mmap(NULL, REACH_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	close(file);
	if (mapped != MAP_FAILED)
		reached = mapped;
}

void __sanitizer_cov_trace_pc(void)
{
	uintptr_t place = (uintptr_t)__builtin_return_address(0) - (uintptr_t)__ehdr_start;

	if (reached && place < REACH_SIZE && !reached[place])
		reached[place] = 1;
}
