/* SPDX-License-Identifier: MIT */
/* Split BTF and what it builds on: the length of the latter, itself, the former. */
#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t length;

	if (size < sizeof(length))
		return 0;
	memcpy(&length, data, sizeof(length));
	data += sizeof(length);
	size -= sizeof(length);
	if (length <= size)
		fuzz_module((struct pl_bytes){data + length, size - length},
			    (struct pl_bytes){data, length});
	return 0;
}
