/* SPDX-License-Identifier: MIT */
/* What make said that it would do, and the units that come of it. */
#include "fuzz.h"

#include "read/units/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	static const char *flags[] = {"-Wno-everything"};
	const struct pl_kbuild kbuild = {
		.build = "/build", .source = "/source", .flags = flags, .n_flags = 1};
	const char *log = fuzz_file((struct pl_bytes){data, size});
	struct pl_code_units units;

	if (!fuzz_failed(pl_units_find(arena, &kbuild, fuzz_recipe(), log, &units)))
		pl_units_keep_shard(&units, 1, 2);
	return 0;
}
