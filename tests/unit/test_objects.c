/* SPDX-License-Identifier: MIT */
/* Which files a tree's makefiles leave out of a configuration. */
#include "testing.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/kbuild/objects.h"

static char tree[32];

static void make_directory(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/%s", tree, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static void make_file(const char *name, const char *text)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", tree, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int make_tree(void **state)
{
	(void)state;
	strcpy(tree, "/tmp/pagelap-objects-XXXXXX");
	return !mkdtemp(tree);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

static int remove_tree(void **state)
{
	(void)state;
	return nftw(tree, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static bool is_left_out(const char *file)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_kconfig config;
	bool left_out = true;

	expect_ok(
		pl_kconfig_parse(arena, bytes_of_text("CONFIG_ON=y\nCONFIG_MODULE=m\n"), &config));
	expect_ok(pl_kbuild_leaves_out(arena, tree, file, &config, &left_out));
	return left_out;
}

static void only_plain_words_leave_out(void **state)
{
	(void)state;
	make_file("Makefile", "# all there is\n"
			      "obj-$(CONFIG_ON) += on.o other.o\n"
			      "obj-$(CONFIG_MODULE)\t+= module.o\n"
			      "obj-$(CONFIG_OFF) += off.o twice.o\n"
			      "obj-$(CONFIG_ON) += twice.o\n"
			      "always-y := always.o\n"
			      "obj-$(CONFIG_BROKEN += broken.o");
	assert_true(is_left_out("off.c"));
	assert_false(is_left_out("on.c"));
	assert_false(is_left_out("other.c"));
	assert_false(is_left_out("module.c"));
	assert_false(is_left_out("twice.c"));
	assert_false(is_left_out("always.c"));
	assert_false(is_left_out("broken.c"));
	assert_false(is_left_out("unnamed.c"));
	assert_false(is_left_out("off.h"));
	assert_false(is_left_out("no/such/directory/off.c"));
	assert_false(is_left_out("c"));
}

/* What takes make to understand is read: it may be built. */
static void what_is_complex_leaves_nothing_out(void **state)
{
	static const char *const lines[] = {
		"obj-$(subst m,y,$(CONFIG_ON)) += foo.o",
		"obj-$(CONFIG_OFF)$(CONFIG_ON) += foo.o",
		"obj-$(or $(CONFIG_OFF),$(CONFIG_ON)) += foo.o",
		"obj-$(NOCONFIG_OFF) += foo.o",
		"obj-$(CONFIG_OFF} += foo.o",
		"obj-y += $(addprefix ,foo.o)",
		"obj-y += $(if $(CONFIG_ON),foo.o)",
		"foo.o: foo.c",
		"obj-$(CONFIG_OFF) += foo.o\ninclude $(src)/Makefile.more",
		"lib-y += foo.o",
		"set-y := foo.o\nobj-y += $(set-y)",
		"set-n := foo.o",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		print_message("%s\n", lines[i]);
		make_file("Makefile", lines[i]);
		assert_false(is_left_out("foo.c"));
	}
}

static void plain_words_are_written_in_several_ways(void **state)
{
	static const char *const lines[] = {
		"obj-${CONFIG_OFF} += foo.o",
		"  obj-$(CONFIG_OFF)+=foo.o",
		"obj-$(CONFIG_OFF) := \\\n\tbar.o \\\n\tfoo.o",
		"#obj-y += foo.o\nobj-$(CONFIG_OFF) += foo.o # and not obj-y += foo.o",
		"# obj-y += bar.o \\\nobj-y += foo.o\nobj-$(CONFIG_OFF) += foo.o",
		"CFLAGS_foo.o := -O2\n$(obj)/foo.o: x.h\nobj-$(CONFIG_OFF) += foo.o",
		"obj-$(CONFIG_OFF) += bar.o\nbar-y := foo.o",
		"obj-$(CONFIG_OFF) += bar.o\nbar-objs := foo.o",
		"obj-$(CONFIG_OFF) += bar.o\nbar-y := part.o\npart-$(CONFIG_ON) += foo.o",
		"obj-$(CONFIG_ON) += bar.o\nbar-$(CONFIG_OFF) += foo.o",
		"lib-$(CONFIG_OFF) += foo.o",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		print_message("%s\n", lines[i]);
		make_file("Makefile", lines[i]);
		assert_true(is_left_out("foo.c"));
	}
	make_file("Makefile", "obj-$(CONFIG_MODULE) += bar.o\nbar-$(CONFIG_ON) += foo.o");
	assert_false(is_left_out("foo.c"));
	make_file("Makefile", "bar-y := foo.o\nfoo-y := bar.o"); /* of each other */
	assert_false(is_left_out("foo.c"));
}

static void a_kbuild_file_counts_before_a_makefile(void **state)
{
	(void)state;
	make_file("Makefile", "obj-y += foo.o\n");
	make_file("Kbuild", "obj-$(CONFIG_OFF) += foo.o\n");
	assert_true(is_left_out("foo.c"));
}

static void directories_leave_out_what_is_in_them(void **state)
{
	(void)state;
	make_directory("a");
	make_directory("a/b");
	make_file("a/b/Makefile", "obj-y += foo.o\n");
	make_file("a/Makefile", "obj-$(CONFIG_OFF) += b/\n");
	assert_true(is_left_out("a/b/foo.c"));
	assert_false(is_left_out("a/b/unnamed.c"));
	make_file("Makefile", "obj-$(CONFIG_ON) += a/b/\n");
	assert_false(is_left_out("a/b/foo.c"));
	make_file("Makefile", "obj-$(CONFIG_OFF) += a/\n");
	make_file("a/Makefile", "obj-y += b/\n");
	assert_true(is_left_out("a/b/foo.c"));
	/* A part may lie deeper than what it is a part of. */
	make_file("Makefile", "obj-y += a/\n");
	make_file("a/Makefile", "obj-$(CONFIG_OFF) += whole.o\nwhole-y := b/bar.o\n");
	assert_true(is_left_out("a/b/bar.c"));
	assert_false(is_left_out("a/b/foo.c"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_tree, remove_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_plain_words_leave_out),
		TEST(what_is_complex_leaves_nothing_out),
		TEST(plain_words_are_written_in_several_ways),
		TEST(a_kbuild_file_counts_before_a_makefile),
		TEST(directories_leave_out_what_is_in_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
