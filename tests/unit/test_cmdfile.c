/* SPDX-License-Identifier: MIT */
/* Recorded command lines: their words, and the flags that are made of them. */
#include "testing.h"

#include "arena_fixture.h"
#include "read/kbuild/cmdfile.h"
#include "read/kbuild/database.h"
#include "read/kbuild/flags.h"

static void expect_words(const struct pl_words *words, const char *const *expected, size_t n)
{
	for (size_t i = 0; i < words->n && i < n; i++)
		assert_string_equal(words->items[i], expected[i]);
	assert_int_equal(words->n, n);
}

/* TEXT, a .cmd file, must hold the words that follow. */
#define expect_command(text, ...)                                                                  \
	do {                                                                                       \
		static const char *const wanted_[] = {__VA_ARGS__};                                \
		struct pl_words words_ = {0};                                                      \
		expect_ok(pl_cmdfile_parse(arena, bytes_of_text(text), &words_));                  \
		expect_words(&words_, wanted_, COUNT(wanted_));                                    \
	} while (0)

static void old_and_new_keys_are_known(void **state)
{
	(void)state;
	expect_command("savedcmd_kernel/bounds.s := gcc -S -o kernel/bounds.s kernel/bounds.c\n",
		       "gcc", "-S", "-o", "kernel/bounds.s", "kernel/bounds.c");
	expect_command("cmd_kernel/bounds.s := gcc -S kernel/bounds.c\n", "gcc", "-S",
		       "kernel/bounds.c");
	expect_command("cmd_a.o=gcc -c a.c", "gcc", "-c", "a.c");
}

static void other_assignments_are_passed_over(void **state)
{
	(void)state;
	expect_command("# made by hand\nsource_a.o := a.c\nsavedcmd_a.o := gcc -c a.c\n\n"
		       "deps_a.o := \\\n  include/b.h \\\n\na.o: $(deps_a.o)\n",
		       "gcc", "-c", "a.c");
}

static void shells_quotes_are_taken_off(void **state)
{
	(void)state;
	expect_command("cmd_a := gcc -c -DA='\"a b\"' \"-DB=\\\"x\\\" \\y\" -DC=\\\"c\\\\d\\\" "
		       "-D'E'\"F\"G '' it\\'s a.c",
		       "gcc", "-c", "-DA=\"a b\"", "-DB=\"x\" \\y", "-DC=\"c\\d\"", "-DEFG", "",
		       "it's", "a.c");
	expect_command("cmd_a := gcc -c 'open", "gcc", "-c", "open");
	expect_command("cmd_a := gcc -c \"open", "gcc", "-c", "open");
	expect_command("cmd_a := gcc -c open\\", "gcc", "-c", "open");
}

static void makes_escapes_are_taken_off(void **state)
{
	(void)state;
	expect_command("cmd_a := gcc -c '-DA=$$x' '-DB=$(pound)1' -DC=\\#2 a.c # comment", "gcc",
		       "-c", "-DA=$x", "-DB=#1", "-DC=#2", "a.c");
	expect_command("cmd_a := gcc \\\n\t-c \\\n\ta.c\ncmd_b := no", "gcc", "-c", "a.c");
}

static void the_compiler_is_found_in_a_sequence(void **state)
{
	(void)state;
	expect_command("cmd_a := set -e; echo '-c ;'; LC_ALL=C gcc -c a.c; objtool a.o", "LC_ALL=C",
		       "gcc", "-c", "a.c");
	expect_command("cmd_a := (gcc -E a.c && true) | cat", "gcc", "-E", "a.c");
	expect_command("cmd_a := mkdir x && gcc -c a.c || rm a.o", "gcc", "-c", "a.c");
}

static void files_without_a_command_are_refused(void **state)
{
	struct pl_words words = {0};

	(void)state;
	expect_unreadable(pl_cmdfile_parse(arena, bytes_of_text(""), &words),
			  "no command is recorded in it");
	expect_unreadable(pl_cmdfile_parse(arena, bytes_of_text("deps_a := a.c\ncmd_b\n"), &words),
			  "no command is recorded in it");
	expect_unreadable(pl_cmdfile_parse(arena, bytes_of_text("cmd_a := ld -o a b.o"), &words),
			  "no command in it compiles anything");
	expect_unreadable(pl_cmdfile_parse(arena, bytes_of_text("cmd_a :=\n"), &words),
			  "no command in it compiles anything");
	assert_int_equal(words.n, 0);
}

static struct pl_flags translate(const char *command)
{
	struct pl_words words = {0};
	struct pl_flags flags = {0};

	expect_ok(pl_words_split(arena, &command, &words));
	expect_ok(pl_flags_translate(arena, &words, "/build", &flags));
	return flags;
}

/* COMMAND must become the common flags that follow. */
#define expect_flags(command, ...)                                                                 \
	do {                                                                                       \
		static const char *const wanted_[] = {__VA_ARGS__};                                \
		struct pl_flags flags_ = translate(command);                                       \
		expect_words(&flags_.common, wanted_, COUNT(wanted_));                             \
	} while (0)

static void paths_are_made_absolute(void **state)
{
	(void)state;
	expect_flags("gcc -I/src/include -I./include -I arch/x86 -I../src/.", "-I", "/src/include",
		     "-I", "/build/include", "-I", "/build/arch/x86", "-I", "/src");
	expect_flags("gcc -include ./include/linux/kconfig.h -isystem /gcc/include -isystem/x",
		     "-include", "/build/include/linux/kconfig.h", "-isystem", "/gcc/include",
		     "-isystem", "/x");
	expect_flags("gcc -iquote. -idirafter usr -imacros m.h", "-iquote", "/build", "-idirafter",
		     "/build/usr", "-imacros", "/build/m.h");
}

static void what_shapes_declarations_is_kept(void **state)
{
	(void)state;
	expect_flags("gcc -DA -D B=1 -UC -U D -std=gnu11 -nostdinc -fshort-wchar -funsigned-char",
		     "-D", "A", "-D", "B=1", "-U", "C", "-U", "D", "-std=gnu11", "-nostdinc",
		     "-fshort-wchar", "-funsigned-char");
	expect_flags("gcc -fms-extensions -fpack-struct -fpack-struct=4 -fshort-enums "
		     "-fno-short-enums -fsigned-char",
		     "-fms-extensions", "-fpack-struct", "-fpack-struct=4", "-fshort-enums",
		     "-fno-short-enums", "-fsigned-char");
}

static void the_rest_is_dropped(void **state)
{
	(void)state;
	expect_flags("gcc -DX -Wall -Wno-error -O2 -g -pipe -fno-common -march=x86-64 -mno-sse "
		     "-mcmodel=kernel -mpreferred-stack-boundary=3 -pg -c -S -fverbose-asm "
		     "-o -DOUT kernel/bounds.s kernel/bounds.c",
		     "-D", "X");
	expect_flags("clang -DX -Xclang -DA -mllvm -DB --param -DC -MF -DD -x c -include-pch -DE",
		     "-D", "X");
	expect_flags("clang -DX -fms-extensions-of-mine -nostdincs -D", "-D", "X");
}

static void words_for_the_preprocessor_are_unpacked(void **state)
{
	(void)state;
	expect_flags("gcc -Wp,-MMD,kernel/.bounds.s.d -Wp,-DFOO=1,-DBAR -Wp,-U,X -Wp, -Wall", "-D",
		     "FOO=1", "-D", "BAR", "-U", "X");
}

static void targets_stand_apart(void **state)
{
	static const char *const machine[] = {"--target=mips-linux-gnu", "-mabi=64", "-EL"};
	static const char *const separate[] = {"--target=arm-linux-gnueabi", "-mbig-endian"};
	static const char *const gcc[] = {"-m32"};
	struct pl_flags flags = translate("clang --target=mips-linux-gnu -DX -mabi=64 -G 0 -EL");

	(void)state;
	assert_true(flags.has_target);
	assert_int_equal(flags.common.n, 2);
	expect_words(&flags.machine, machine, COUNT(machine));
	flags = translate("clang -target arm-linux-gnueabi -mbig-endian");
	assert_true(flags.has_target);
	expect_words(&flags.machine, separate, COUNT(separate));
	flags = translate("gcc -m32 -target");
	assert_false(flags.has_target);
	expect_words(&flags.machine, gcc, COUNT(gcc));
}

static const char database[] =
	"[{\"directory\": \"/b\", \"file\": \"/s/arch/x86/entry.S\", \"command\": \"gcc "
	"-D__ASSEMBLY__\"},"
	" {\"directory\": \"/b\", \"file\": \"/s/mm/slub.c\", \"command\": \"gcc '-DA=b c' -c x\"},"
	" {\"file\": \"/s/mm/gup.c\", \"arguments\": [\"clang\", \"-DGUP\"]},"
	" {\"directory\": \"/b\", \"file\": \"/s/fs/a.c\", \"command\": \"gcc -DFS\"}, {}]";

static void databases_give_one_entry(void **state)
{
	static const char *const preferred[] = {"nothing/*.c", "mm/s*.c"}, *const mm[] = {"mm/*.c"};
	static const char *const slub[] = {"gcc", "-DA=b c", "-c", "x"};
	static const char *const gup[] = {"clang", "-DGUP"}, *const fs[] = {"gcc", "-DFS"};
	struct pl_database_entry entry;

	(void)state;
	expect_ok(pl_database_choose(arena, bytes_of_text(database), preferred, 2, &entry));
	assert_string_equal(entry.directory, "/b");
	expect_words(&entry.words, slub, COUNT(slub));
	expect_ok(pl_database_choose(arena, bytes_of_text(database), mm, 1, &entry));
	assert_null(entry.directory);
	expect_words(&entry.words, gup, COUNT(gup));
	expect_ok(pl_database_choose(arena, bytes_of_text(database), NULL, 0, &entry));
	expect_words(&entry.words, fs, COUNT(fs));
}

static void databases_are_checked(void **state)
{
	static const char *const useless[] = {"[]", "{}", "[1, {\"file\": 1}]",
					      "[{\"file\": \"a.S\"}]"};
	static const char arguments[] = "[{\"file\": \"a.c\", \"arguments\": [1]}]";
	struct pl_database_entry entry;

	(void)state;
	for (size_t i = 0; i < COUNT(useless); i++)
		expect_unreadable(
			pl_database_choose(arena, bytes_of_text(useless[i]), NULL, 0, &entry),
			"not a compilation database with a C file in it");
	expect_unreadable(pl_database_choose(arena, bytes_of_text("[{"), NULL, 0, &entry),
			  "1:2: string or '}' expected near end of file");
	expect_unreadable(pl_database_choose(arena, bytes_of_text(arguments), NULL, 0, &entry),
			  "\"arguments\": expected an array of strings");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(old_and_new_keys_are_known),
		cmocka_unit_test(other_assignments_are_passed_over),
		cmocka_unit_test(shells_quotes_are_taken_off),
		cmocka_unit_test(makes_escapes_are_taken_off),
		cmocka_unit_test(the_compiler_is_found_in_a_sequence),
		cmocka_unit_test(files_without_a_command_are_refused),
		cmocka_unit_test(paths_are_made_absolute),
		cmocka_unit_test(what_shapes_declarations_is_kept),
		cmocka_unit_test(the_rest_is_dropped),
		cmocka_unit_test(words_for_the_preprocessor_are_unpacked),
		cmocka_unit_test(targets_stand_apart),
		cmocka_unit_test(databases_give_one_entry),
		cmocka_unit_test(databases_are_checked),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
