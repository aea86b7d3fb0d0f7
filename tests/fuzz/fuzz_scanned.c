/* SPDX-License-Identifier: MIT */
/* What a worker that looks through the code of units hands to its parent. */
#include "fuzz.h"
#include "gathered_report.h"

#include "read/usage/gathered.h"

static void gather(struct pl_gathered *gathered, struct pl_cursor *cursor)
{
	struct pl_gathered_unit first = {0}, second = {0};

	if (fuzz_failed(pl_gathered_take(gathered, cursor, &first)))
		return;
	if (!fuzz_failed(pl_gathered_take(gathered, cursor, &second)) &&
	    fuzz_failed(pl_gathered_add(gathered, &first, &second)))
		abort();
	pl_gathered_want(gathered, &first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_cursor cursor = pl_cursor_init((struct pl_bytes){data, size}, false);
	struct pl_gathered gathered = {
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};

	gather(&gathered, &cursor);
	gathered_report(&gathered);
	return 0;
}
