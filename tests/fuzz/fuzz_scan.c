/* SPDX-License-Identifier: MIT */
/* Source code, as the text scan of a tree looks through it. */
#include "fuzz.h"

#include "read/scan/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_scan_request request = {.source = "", .host = "page"};
	struct pl_scan scan = {0};

	request.host_is_union = size && data[size - 1] & 1;
	(void)fuzz_failed(
		pl_scan_file(arena, &request, "a.h", (struct pl_bytes){data, size}, &scan));
	return 0;
}
