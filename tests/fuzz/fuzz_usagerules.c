/* SPDX-License-Identifier: MIT */
/* Rules of what functions do with addresses, and what they say of some calls. */
#include "fuzz.h"

#include "check/load/usage_load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_usage_rules_cleanup) struct pl_usage_rules *rules = NULL;
	static const char *const callees[] = {"list_add", "__set_bit", "READ_ONCE", ""};

	if (fuzz_failed(pl_usage_rules_parse("rules", (struct pl_bytes){data, size}, &rules)))
		return 0;
	for (size_t i = 0; i < sizeof(callees) / sizeof(*callees); i++) {
		(void)pl_usage_effect(rules, callees[i], PL_EFFECT_ANY);
		(void)pl_usage_effect(rules, callees[i], 1);
	}
	return 0;
}
