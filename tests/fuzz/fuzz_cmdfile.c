/* SPDX-License-Identifier: MIT */
/* What kbuild records of a compiler's command line, and the flags that come of it. */
#include "fuzz.h"

#include "read/kbuild/cmdfile.h"
#include "read/kbuild/flags.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_words words = {0};
	struct pl_flags flags;

	if (fuzz_failed(pl_cmdfile_parse(arena, (struct pl_bytes){data, size}, &words)))
		return 0;
	(void)fuzz_failed(pl_flags_translate(arena, &words, "/build", &flags));
	return 0;
}
