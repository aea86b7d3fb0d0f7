/* SPDX-License-Identifier: MIT */
/* Whatever pagelap finds a file to be; most of all kernel images, which are unpacked. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_source((struct pl_bytes){data, size}, PL_SOURCE_UNKNOWN, false);
	return 0;
}
