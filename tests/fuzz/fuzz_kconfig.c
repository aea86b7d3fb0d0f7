/* SPDX-License-Identifier: MIT */
/* Configurations, and what is taken from makefiles and generated headers. */
#include "fuzz.h"

#include "read/kbuild/kconfig.h"
#include "read/kbuild/textfile.h"

static void read_text(struct pl_arena *arena, const char *text)
{
	struct pl_words words = {0};
	const char *value;

	(void)fuzz_failed(pl_text_first_line(arena, text, &value));
	(void)fuzz_failed(pl_text_macro(arena, text, "UTS_RELEASE", &value));
	(void)fuzz_failed(pl_text_variable(arena, text, "VERSION", &value));
	(void)fuzz_failed(pl_text_includes(arena, text, &words));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	const char *text = pl_arena_strndup(arena, (const char *)data, size);
	struct pl_kconfig config = {0};

	if (!text)
		abort();
	read_text(arena, text);
	if (fuzz_failed(pl_kconfig_parse(arena, (struct pl_bytes){data, size}, &config)))
		return 0;
	for (size_t i = 0; i < config.count; i++)
		if (!pl_kconfig_get(&config, config.options[i].name))
			abort(); /* what is in it is found */
	(void)pl_kconfig_holds(&config, "!CONFIG_64BIT");
	return 0;
}
