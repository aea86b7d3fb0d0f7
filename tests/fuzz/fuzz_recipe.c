/* SPDX-License-Identifier: MIT */
/* Recipes of how headers are compiled, and the flags that come of them. */
#include "fuzz.h"

#include "check/load/recipe_load.h"
#include "read/kbuild/assemble.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_recipe_cleanup) struct pl_recipe *recipe = NULL;
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	static const char config[] = "CONFIG_64BIT=y\nCONFIG_X86_64=y\n";
	struct pl_assembly assembly = {.path = "tree", .resource = "/resource"};
	struct pl_kbuild kbuild = {.build = "/build", .source = "/source"};

	if (fuzz_failed(pl_recipe_parse("recipe", (struct pl_bytes){data, size}, &recipe)))
		return 0;
	assembly.recipe = recipe;
	if (fuzz_failed(pl_kconfig_parse(
		    arena, (struct pl_bytes){(const unsigned char *)config, sizeof(config) - 1},
		    &kbuild.config)))
		abort();
	(void)fuzz_failed(pl_kbuild_assemble(arena, &assembly, &kbuild));
	return 0;
}
