/* SPDX-License-Identifier: MIT */
/* Kernel trees: where their halves are, whether they belong together, and the flags for them. */
#include "testing.h"

#include <stdlib.h>
#include <unistd.h>

#include "check/load/recipe_load.h"
#include "kbuild_fixture.h"

#define X86 "CONFIG_X86_64=y\nCONFIG_64BIT=y\n"
#define BASE_FLAGS                                                                                 \
	" -std=gnu11 -nostdinc -D__KERNEL__ -fshort-wchar -funsigned-char -fms-extensions -w "     \
	"-ferror-limit=0"
#define X86_FLAGS "--target=x86_64-linux-gnu" BASE_FLAGS

/* The tree NAME must be refused with MESSAGE, after the fixture's directory and "/". */
static void expect_refusal(struct fixture *fixture, const char *name, const char *source,
			   const char *message)
{
	char text[1024] = "";

	for (; *message; message++) {
		const char c[] = {*message, '\0'};

		strncat(text, *message == '@' ? fixture->directory : c,
			sizeof(text) - strlen(text) - 1);
	}
	expect_unreadable(open_tree(fixture, name, source), text);
	assert_null(fixture->kbuild.flags);
}

static void trees_built_in_place_are_both_halves(void **state)
{
	struct fixture *fixture = *state;
	const struct pl_kbuild *kbuild = &fixture->kbuild;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86 "CONFIG_FUNCTION_TRACER=y\n", "7.2.13-rc1");
	assert_int_equal(symlink("linux", path_of(fixture, "here")), 0);
	expect_ok(open_tree(fixture, "here", NULL));
	assert_string_equal(kbuild->build, path_of(fixture, "linux"));
	assert_string_equal(kbuild->source, path_of(fixture, "linux"));
	assert_string_equal(kbuild->config_path, path_of(fixture, "linux/.config"));
	assert_string_equal(kbuild->release, "7.2.13-rc1");
	assert_string_equal(kbuild->source_release, "7.2.13-rc1");
	assert_string_equal(kbuild->arch->name, "x86_64");
	assert_string_equal(kbuild->srcarch, "x86");
	assert_string_equal(kbuild->flags_from, "recipe");
	assert_false(kbuild->made_for_clang);
	assert_string_equal(flags_of(fixture),
			    X86_FLAGS " -I linux/arch/x86/include "
				      "-I linux/arch/x86/include/generated -I linux/include "
				      "-I linux/include -include linux/include/linux/kconfig.h "
				      "-include linux/include/linux/compiler_types.h "
				      "-DCC_USING_FENTRY");
}

static void build_directories_link_to_their_source(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "src/linux");
	configure(fixture, "out", X86 "CONFIG_CC_IS_CLANG=y\n", NULL);
	write_text(fixture, "out/Makefile", "include @/elsewhere/Makefile\n");
	assert_int_equal(symlink("../src/linux", path_of(fixture, "out/source")), 0);
	expect_ok(open_tree(fixture, "out", NULL));
	assert_string_equal(fixture->kbuild.build, path_of(fixture, "out"));
	assert_string_equal(fixture->kbuild.source, path_of(fixture, "src/linux"));
	assert_null(fixture->kbuild.release);
	assert_true(fixture->kbuild.made_for_clang);
	assert_string_equal(flags_of(fixture),
			    X86_FLAGS " -I src/linux/arch/x86/include "
				      "-I out/arch/x86/include/generated -I src/linux/include "
				      "-I out/include -include src/linux/include/linux/kconfig.h "
				      "-include src/linux/include/linux/compiler_types.h");
}

static void packages_lie_side_by_side(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "unpacked/headers-common");
	write_source(fixture, "usr/src/headers-common");
	configure(fixture, "unpacked/headers-amd64", X86, "7.2.13+deb14-amd64");
	write_text(fixture, "unpacked/headers-amd64/Makefile",
		   "KBUILD_OUTPUT=/usr/src/headers-amd64\n"
		   "include @/usr/src/headers-common/Makefile\n");
	expect_ok(open_tree(fixture, "unpacked/headers-amd64", NULL));
	assert_string_equal(fixture->kbuild.source, path_of(fixture, "unpacked/headers-common"));
	assert_string_equal(fixture->kbuild.release, "7.2.13+deb14-amd64");
}

static void makefiles_name_the_source_tree(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "usr/src/linux-7.2");
	configure(fixture, "out", X86, NULL);
	write_text(fixture, "out/Makefile",
		   "# Automatically generated\nexport KBUILD_OUTPUT = .\n"
		   "include $(other)/Makefile\ninclude @/usr/src/linux-7.2/Makefile\n");
	expect_ok(open_tree(fixture, "out", NULL));
	assert_string_equal(fixture->kbuild.source, path_of(fixture, "usr/src/linux-7.2"));
	configure(fixture, "usr/src/obj/x86_64/default", X86, NULL);
	write_text(fixture, "usr/src/obj/x86_64/default/Makefile",
		   "include ../../../linux-7.2/Makefile\n");
	expect_ok(open_tree(fixture, "usr/src/obj/x86_64/default", NULL));
	assert_string_equal(fixture->kbuild.source, path_of(fixture, "usr/src/linux-7.2"));
}

static void a_source_tree_can_be_named(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "mine");
	configure(fixture, "out", X86, NULL);
	expect_ok(open_tree(fixture, "out", path_of(fixture, "mine")));
	assert_string_equal(fixture->kbuild.source, path_of(fixture, "mine"));
	write_text(fixture, "not/Makefile", "VERSION = 7\n");
	fixture->kbuild = (struct pl_kbuild){0};
	expect_refusal(fixture, "out", path_of(fixture, "not"),
		       "@/not: not a source tree: there is no include/linux in it, or no Makefile "
		       "with a version");
	expect_refusal(fixture, "out", path_of(fixture, "gone"),
		       "@/gone: No such file or directory");
}

static void what_is_no_build_directory_is_called_so(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	write_text(fixture, "notes/todo", "\n");
	write_text(fixture, "empty/x", "\n");
	assert_int_equal(unlink(path_of(fixture, "empty/x")), 0);
	expect_refusal(fixture, "gone", NULL, "@/gone: No such file or directory");
	expect_refusal(fixture, "notes/todo", NULL, "@/notes/todo: Not a directory");
	expect_refusal(fixture, "empty", NULL, "@/empty: the directory is empty");
	expect_refusal(fixture, "notes", NULL,
		       "@/notes: not a build directory: there is no include/generated/autoconf.h "
		       "in it");
	expect_refusal(fixture, "linux", NULL,
		       "@/linux: not configured: there is no include/generated/autoconf.h in it; "
		       "configure it and run `make prepare`, or name the build directory");
	assert_true(pl_kbuild_detect(path_of(fixture, "notes")));
	assert_false(pl_kbuild_detect(path_of(fixture, "notes/todo")));
	assert_false(pl_kbuild_detect(path_of(fixture, "gone")));
}

/* Some options of one and not of the other: which one is said. */
static void generated_headers_are_of_the_configuration(void **state)
{
	static const struct {
		const char *config, *header, *differs;
	} cases[] = {
		{"CONFIG_M=m\nCONFIG_N=1\nCONFIG_S=\"y\"\n# CONFIG_OFF is not set\n",
		 "#define CONFIG_M_MODULE 1\n#define CONFIG_N 1\n#define CONFIG_S \"y\"\n#define "
		 "OTHER 1\n"
		 "#define CONFIG_NONE\n",
		 NULL},
		{"CONFIG_X_MODULE=y\n", "#define CONFIG_X_MODULE 1\n", NULL},
		{"CONFIG_N=0x10\n", "#define CONFIG_N 0x20\n", NULL},
		{"CONFIG_ON=y\n", "", "CONFIG_ON"},
		{"CONFIG_ON=y\n", "#define CONFIG_ON_MODULE 1\n", "CONFIG_ON"},
		{"CONFIG_M=m\n", "#define CONFIG_M 1\n", "CONFIG_M"},
		{"# CONFIG_ON is not set\n", "#define CONFIG_ON 1", "CONFIG_ON"},
		{"CONFIG_ON=n\n", "#define CONFIG_ON_MODULE 1\n", "CONFIG_ON_MODULE"},
	};
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *header = pl_arena_printf(
			fixture->arena, "#define CONFIG_64BIT 1\n#define CONFIG_X86_64 1\n%s",
			cases[i].header);
		const char *config = pl_arena_printf(fixture->arena, X86 "%s", cases[i].config);
		const char *message =
			pl_arena_printf(fixture->arena,
					"@/linux: include/generated/autoconf.h is not of this "
					"configuration: it and "
					".config do not agree about %s; run `make prepare`",
					cases[i].differs ? cases[i].differs : "nothing");

		print_message("%s%s", config, header);
		write_text(fixture, "linux/.config", config);
		write_text(fixture, "linux/include/generated/autoconf.h", header);
		fixture->kbuild = (struct pl_kbuild){0};
		if (cases[i].differs)
			expect_refusal(fixture, "linux", NULL, message);
		else
			expect_ok(open_tree(fixture, "linux", NULL));
	}
}

static void sources_that_are_gone_are_missed(void **state)
{
	struct fixture *fixture = *state;

	configure(fixture, "out", X86, NULL);
	write_text(fixture, "out/Makefile", "include @/usr/src/linux/Makefile\n");
	assert_int_equal(symlink("../usr/src/linux", path_of(fixture, "out/source")), 0);
	expect_refusal(fixture, "out", NULL,
		       "@/out: its source tree is at none of @/out, @/out/source, @/linux, "
		       "@/usr/src/linux; name it, or unpack the package it is from beside this "
		       "one");
}

static void releases_have_to_match(void **state)
{
	static const char *const same[] = {"7.2.13", "7.2.13+deb14-amd64", "7.2.13-dirty",
					   "7.2.0-50-amd64", "7.2-1-cloud"};
	static const char *const other[] = {"7.2.12", "7.2.130",   "7.1.13", "8.2.13",
					    "7.2.0",  "7.2.0-rc1", "7",	     "7.20.13"};
	struct fixture *fixture = *state;
	char message[256];

	write_source(fixture, "linux");
	for (size_t i = 0; i < COUNT(same); i++) {
		configure(fixture, "linux", X86, same[i]);
		expect_ok(open_tree(fixture, "linux", NULL));
		assert_string_equal(fixture->kbuild.release, same[i]);
	}
	fixture->kbuild = (struct pl_kbuild){0};
	for (size_t i = 0; i < COUNT(other); i++) {
		configure(fixture, "linux", X86, other[i]);
		snprintf(message, sizeof(message),
			 "@/linux: the source tree @/linux is of 7.2.13, the build directory of %s "
			 "(include/generated/utsrelease.h): generated headers of another release "
			 "give wrong layouts",
			 other[i]);
		expect_refusal(fixture, "linux", NULL, message);
	}
}

/* Debian up to 6.1: what uname says has a number of Debian's own, another file the real one. */
static void every_file_with_a_release_has_to_match(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86, "7.2.0-50-amd64");
	write_text(fixture, "linux/include/config/kernel.release", "7.2.13-rt64\n");
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_string_equal(fixture->kbuild.release, "7.2.0-50-amd64");
	write_text(fixture, "linux/include/config/kernel.release", "7.2.11\n");
	fixture->kbuild = (struct pl_kbuild){0};
	expect_refusal(fixture, "linux", NULL,
		       "@/linux: the source tree @/linux is of 7.2.13, the build directory of "
		       "7.2.11 (include/config/kernel.release): generated headers of another "
		       "release give wrong layouts");
}

static void configurations_have_to_be_there(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", "# nothing\n", NULL);
	expect_refusal(fixture, "linux", NULL, "@/linux/.config: no option is set in it");
	assert_int_equal(unlink(path_of(fixture, "linux/.config")), 0);
	expect_refusal(fixture, "linux", NULL,
		       "@/linux: there is no configuration (.config) in it");
	configure(fixture, "linux", X86, NULL);
	assert_int_equal(unlink(path_of(fixture, "linux/.config")), 0);
	write_text(fixture, "linux/include/config/auto.conf", X86);
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_string_equal(fixture->kbuild.config_path,
			    path_of(fixture, "linux/include/config/auto.conf"));
}

static void forced_headers_have_to_be_there(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86, NULL);
	assert_int_equal(unlink(path_of(fixture, "linux/include/linux/kconfig.h")), 0);
	expect_refusal(fixture, "linux", NULL,
		       "@/linux: @/linux/include/linux/kconfig.h is not there, which everything "
		       "includes");
}

static void architectures_are_told_from_the_configuration(void **state)
{
	static const struct {
		const char *config, *name, *srcarch, *target;
	} cases[] = {
		{"CONFIG_UML=y\nCONFIG_X86_64=y\nCONFIG_64BIT=y\n", "um", "um",
		 "--target=x86_64-linux-gnu"},
		{"CONFIG_X86_32=y\n", "i386", "x86", "--target=i386-linux-gnu"},
		{"CONFIG_ARM64=y\nCONFIG_CPU_BIG_ENDIAN=y\n", "arm64be", "arm64",
		 "--target=aarch64_be-linux-gnu"},
		{"CONFIG_ARM=y\nCONFIG_AEABI=y\n", "arm", "arm", "--target=arm-linux-gnueabi"},
		{"CONFIG_RISCV=y\n", "riscv32", "riscv", "--target=riscv32-linux-gnu"},
		{"CONFIG_PPC64=y\nCONFIG_CPU_LITTLE_ENDIAN=y\n", "ppc64le", "powerpc",
		 "--target=powerpc64le-linux-gnu"},
		{"CONFIG_MIPS=y\nCONFIG_64BIT=y\n", "mips64", "mips",
		 "--target=mips64-linux-gnuabi64"},
		{"CONFIG_M68K=y\n", "m68k", "m68k", "--target=m68k-linux-gnu"},
	};
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	for (size_t i = 0; i < COUNT(cases); i++) {
		configure(fixture, "linux", cases[i].config, NULL);
		expect_ok(open_tree(fixture, "linux", NULL));
		assert_string_equal(fixture->kbuild.arch->name, cases[i].name);
		assert_string_equal(fixture->kbuild.srcarch, cases[i].srcarch);
		assert_string_equal(fixture->kbuild.flags[0], cases[i].target);
	}
	assert_non_null(fixture->kbuild.arch->untrusted);
}

static void some_architectures_are_beyond_clang(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", "CONFIG_ALPHA=y\n", NULL);
	expect_refusal(fixture, "linux", NULL, "@/linux: alpha: clang has no target for it");
}

static void adjustments_come_last(void **state)
{
	struct fixture *fixture = *state;
	const struct pl_kbuild *kbuild = &fixture->kbuild;

	write_source(fixture, "linux");
	configure(fixture, "linux", "CONFIG_ARM=y\nCONFIG_AEABI=y\nCONFIG_CPU_32v6=y\n", NULL);
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_string_equal(kbuild->flags[kbuild->n_flags - 1], "-D__LINUX_ARM_ARCH__=6");
	configure(fixture, "linux", "CONFIG_LOONGARCH=y\nCONFIG_64BIT=y\n", NULL);
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_string_equal(kbuild->flags[kbuild->n_flags - 1], "-isystem/resource/include");
	expect_ok(pl_kbuild_open(fixture->arena, path_of(fixture, "linux"), NULL, NULL,
				 fixture->recipe, &fixture->kbuild));
	assert_string_equal(kbuild->flags[kbuild->n_flags - 2], "-include");
}

static const char recorded[] =
	"savedcmd_kernel/bounds.s := gcc -Wp,-MMD,kernel/.bounds.s.d -nostdinc "
	"-I@/src/include -I./include -include @/src/include/linux/kconfig.h "
	"-D__KERNEL__ -Wall -O2 -m64 -std=gnu17 -DKBUILD_MODNAME='\"bounds\"' -S "
	"-o kernel/bounds.s @/src/kernel/bounds.c\n\nsource_kernel/bounds.s := bounds.c\n";

static void kbuilds_own_flags_are_preferred(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "src");
	configure(fixture, "out", X86, NULL);
	write_text(fixture, "out/kernel/.bounds.s.cmd", recorded);
	write_text(fixture, "out/compile_commands.json", "not looked at");
	assert_int_equal(symlink("../src", path_of(fixture, "out/source")), 0);
	expect_ok(open_tree(fixture, "out", NULL));
	assert_string_equal(fixture->kbuild.flags_from, "kernel/.bounds.s.cmd");
	assert_string_equal(flags_of(fixture),
			    X86_FLAGS " -nostdinc -I src/include -I out/include "
				      "-include src/include/linux/kconfig.h -D __KERNEL__ "
				      "-std=gnu17 -D KBUILD_MODNAME=\"bounds\"");
}

static void any_architecture_leaves_its_commands(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86, NULL);
	write_text(fixture, "linux/arch/x86/kernel/.asm-offsets.s.cmd",
		   "cmd_arch/x86/kernel/asm-offsets.s := gcc -DFOUND -S x.c\n");
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_string_equal(fixture->kbuild.flags_from, "arch/x86/kernel/.asm-offsets.s.cmd");
	assert_string_equal(flags_of(fixture), X86_FLAGS " -D FOUND");
	write_text(fixture, "linux/kernel/.bounds.s.cmd", "deps_kernel/bounds.s := x.c\n");
	fixture->kbuild = (struct pl_kbuild){0};
	expect_refusal(fixture, "linux", NULL,
		       "@/linux/kernel/.bounds.s.cmd: no command is recorded in it");
}

static void moved_trees_have_stale_flags(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "new");
	configure(fixture, "out", X86, NULL);
	write_text(fixture, "out/kernel/.bounds.s.cmd", recorded);
	assert_int_equal(symlink("../new", path_of(fixture, "out/source")), 0);
	expect_refusal(fixture, "out", NULL,
		       "@/out: kernel/.bounds.s.cmd speaks of @/src/include/linux/kconfig.h, "
		       "which is not there; if the tree was moved, run `make prepare` again, or "
		       "name the source tree");
	expect_ok(open_tree(fixture, "out", path_of(fixture, "new")));
	assert_string_equal(fixture->kbuild.flags_from, "recipe");
	write_source(fixture, "src");
	expect_ok(open_tree(fixture, "out", path_of(fixture, "new")));
	assert_string_equal(fixture->kbuild.flags_from, "recipe");
	expect_ok(open_tree(fixture, "out", path_of(fixture, "src")));
	assert_string_equal(fixture->kbuild.flags_from, "kernel/.bounds.s.cmd");
}

static void databases_serve_where_commands_are_missing(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86, NULL);
	write_text(fixture, "linux/compile_commands.json",
		   "[{\"directory\": \"@/linux\", \"file\": \"@/linux/arch/x86/boot/a.c\",\n"
		   "  \"command\": \"gcc -m16 -D_SETUP a.c\"},\n"
		   " {\"directory\": \"@/linux\", \"file\": \"@/linux/mm/slub.c\",\n"
		   "  \"command\": \"gcc -Iinclude -DSLUB slub.c\"}]\n");
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_string_equal(fixture->kbuild.flags_from, "compile_commands.json");
	assert_string_equal(flags_of(fixture), X86_FLAGS " -I linux/include -D SLUB");
	write_text(fixture, "linux/compile_commands.json", "[]\n");
	fixture->kbuild = (struct pl_kbuild){0};
	expect_refusal(fixture, "linux", NULL,
		       "@/linux/compile_commands.json: not a compilation database with a C file "
		       "in it");
}

static void kbuild_may_know_an_architecture_that_the_recipe_does_not(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", "CONFIG_NEW=y\n", NULL);
	write_text(fixture, "linux/kernel/.bounds.s.cmd",
		   "cmd_x := clang --target=new-linux-gnu -mabi=9 -DX -S x.c\n");
	expect_ok(open_tree(fixture, "linux", NULL));
	assert_null(fixture->kbuild.arch);
	assert_null(fixture->kbuild.srcarch);
	assert_string_equal(flags_of(fixture), "--target=new-linux-gnu -mabi=9" BASE_FLAGS " -D X");
}

static void unknown_architectures_are_refused(void **state)
{
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", "CONFIG_NEW=y\n", NULL);
	write_text(fixture, "linux/kernel/.bounds.s.cmd", "cmd_x := gcc -DX -S x.c\n");
	fixture->recipe->n_archs = 4; /* so that the message is short */
	expect_refusal(fixture, "linux", NULL,
		       "@/linux: unknown architecture: @/linux/.config fits none that the recipe "
		       "\"linux-headers\" knows (um, x86_64, i386)");
}

static void places_have_to_be_known(void **state)
{
	static const char *const flags[] = {"-I{sorce}", "-I{source", "{}"};
	static const char *const messages[] = {"recipe: no place is called \"{sorce}\"",
					       "recipe: no place is called \"{source\"",
					       "recipe: no place is called \"{}\""};
	struct fixture *fixture = *state;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86, NULL);
	fixture->recipe->n_flags = 1;
	for (size_t i = 0; i < COUNT(flags); i++) {
		fixture->recipe->flags[0] = flags[i];
		expect_error(open_tree(fixture, "linux", NULL), PL_ERROR_USAGE, messages[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(trees_built_in_place_are_both_halves),
		TEST(build_directories_link_to_their_source),
		TEST(packages_lie_side_by_side),
		TEST(makefiles_name_the_source_tree),
		TEST(a_source_tree_can_be_named),
		TEST(what_is_no_build_directory_is_called_so),
		TEST(generated_headers_are_of_the_configuration),
		TEST(sources_that_are_gone_are_missed),
		TEST(releases_have_to_match),
		TEST(every_file_with_a_release_has_to_match),
		TEST(configurations_have_to_be_there),
		TEST(forced_headers_have_to_be_there),
		TEST(architectures_are_told_from_the_configuration),
		TEST(some_architectures_are_beyond_clang),
		TEST(adjustments_come_last),
		TEST(kbuilds_own_flags_are_preferred),
		TEST(any_architecture_leaves_its_commands),
		TEST(moved_trees_have_stale_flags),
		TEST(databases_serve_where_commands_are_missing),
		TEST(kbuild_may_know_an_architecture_that_the_recipe_does_not),
		TEST(unknown_architectures_are_refused),
		TEST(places_have_to_be_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
