/* SPDX-License-Identifier: MIT */
/* ELF files as a source of DWARF. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool all_units = size && data[size - 1] & 1;

	fuzz_source((struct pl_bytes){data, size}, PL_SOURCE_DWARF, all_units);
	return 0;
}
