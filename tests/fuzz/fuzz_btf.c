/* SPDX-License-Identifier: MIT */
/* BTF, raw or in an ELF file. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_source((struct pl_bytes){data, size}, PL_SOURCE_BTF, false);
	return 0;
}
