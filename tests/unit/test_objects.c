/* SPDX-License-Identifier: MIT */
/* Which files a makefile leaves out of a configuration. */
#include "testing.h"

#include <stdlib.h>
#include <unistd.h>

#include "read/kbuild/objects.h"

static const char makefile[] = "# all there is\n"
			       "obj-$(CONFIG_ON) += on.o other.o\n"
			       "obj-$(CONFIG_MODULE)\t+= module.o\n"
			       "obj-$(CONFIG_OFF) += off.o twice.o\n"
			       "obj-$(CONFIG_ON) += twice.o\n"
			       "always-y := always.o\n"
			       "obj-$(CONFIG_BROKEN += broken.o";

static bool is_left_out(const char *directory, const char *file)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_kconfig config;
	bool left_out = true;

	expect_ok(
		pl_kconfig_parse(arena, bytes_of_text("CONFIG_ON=y\nCONFIG_MODULE=m\n"), &config));
	expect_ok(pl_kbuild_leaves_out(arena, directory, file, &config, &left_out));
	return left_out;
}

static void only_plain_words_leave_out(void **state)
{
	char directory[] = "/tmp/pagelap-objects-XXXXXX", path[64];
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/Makefile", directory);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(makefile, file);
	fclose(file);
	assert_true(is_left_out(directory, "off.c"));
	assert_false(is_left_out(directory, "on.c"));
	assert_false(is_left_out(directory, "other.c"));
	assert_false(is_left_out(directory, "module.c"));
	assert_false(is_left_out(directory, "twice.c"));
	assert_false(is_left_out(directory, "always.c"));
	assert_false(is_left_out(directory, "broken.c"));
	assert_false(is_left_out(directory, "unnamed.c"));
	assert_false(is_left_out(directory, "off.h"));
	assert_false(is_left_out(directory, "no/such/directory/off.c"));
	assert_false(is_left_out(directory, "c"));
	unlink(path);
	rmdir(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(only_plain_words_leave_out)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
