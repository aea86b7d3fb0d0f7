/* SPDX-License-Identifier: MIT */
/* Compilation databases, and the flags that come of them. */
#include "fuzz.h"

#include "read/kbuild/database.h"
#include "read/kbuild/flags.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	static const char *const preferred[] = {"mm/*.c", "kernel/bounds.c"};
	struct pl_database_entry entry = {0};
	struct pl_flags flags;

	if (fuzz_failed(
		    pl_database_choose(arena, (struct pl_bytes){data, size}, preferred, 2, &entry)))
		return 0;
	(void)fuzz_failed(pl_flags_translate(arena, &entry.words,
					     entry.directory ? entry.directory : "/build", &flags));
	return 0;
}
