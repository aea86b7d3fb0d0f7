/* SPDX-License-Identifier: MIT */
#include "allocation.h"

#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unwind.h>

#include "support/sanitized.h"

#if PL_SANITIZED
#define REAL(function) __interceptor_##function
#else
#define REAL(function) __libc_##function
#endif

void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *memory, size_t size);

enum { MAX_SPARED = 8, MAX_CALLS = 20 };

static struct {
	bool armed;
	size_t number, count;
	uint64_t *calls;
	size_t n_calls;
	struct {
		uintptr_t from, to;
	} spared[MAX_SPARED];
	size_t n_spared;
} state;

void allocation_fail(size_t number)
{
	state.number = number;
	state.count = 0;
	state.n_calls = 0;
	state.armed = true;
}

void allocation_watch(uint64_t *calls, size_t count)
{
	allocation_fail(SIZE_MAX);
	state.calls = calls;
	state.n_calls = count;
}

size_t allocation_stop(void)
{
	state.armed = false;
	return state.count;
}

static int note_library(struct dl_phdr_info *info, size_t size, void *name)
{
	(void)size;
	for (int i = 0; strstr(info->dlpi_name, name) && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];

		if (header->p_type != PT_LOAD || state.n_spared == MAX_SPARED)
			continue;
		state.spared[state.n_spared].from = info->dlpi_addr + header->p_vaddr;
		state.spared[state.n_spared].to =
			info->dlpi_addr + header->p_vaddr + header->p_memsz;
		state.n_spared++;
	}
	return 0;
}

void allocation_spare(const char *library)
{
	dl_iterate_phdr(note_library, (void *)library);
}

/* A place for a debugger to stop at. */
static __attribute__((noinline)) void allocation_fails(void)
{
	errno = ENOMEM;
}

struct calls {
	uint64_t hash;
	int count;
};

static _Unwind_Reason_Code add_call(struct _Unwind_Context *context, void *to)
{
	struct calls *calls = to;

	calls->hash = (calls->hash ^ _Unwind_GetIP(context)) * 0x9e3779b97f4a7c15;
	return ++calls->count < MAX_CALLS ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* Apart: the address sanitizer, which watches what is on the stack, allocates before it is ready
 * to. */
static __attribute__((noinline)) uint64_t calls_to_here(void)
{
	struct calls calls = {0};

	_Unwind_Backtrace(add_call, &calls);
	return calls.hash;
}

/* Whether the allocation that CALLER asks for fails. */
static bool fails(const void *caller)
{
	uintptr_t address = (uintptr_t)caller;

	if (!state.armed)
		return false;
	for (size_t i = 0; i < state.n_spared; i++)
		if (address >= state.spared[i].from && address < state.spared[i].to)
			return false;
	if (state.count < state.n_calls)
		state.calls[state.count] = calls_to_here();
	if (state.count++ != state.number)
		return false;
	allocation_fails();
	return true;
}

void *malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : REAL(malloc)(size);
}

void *calloc(size_t count, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : REAL(calloc)(count, size);
}

void *realloc(void *memory, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : REAL(realloc)(memory, size);
}
