/* SPDX-License-Identifier: MIT */
/* The units of a build and their flags, from .cmd files, a database, and what make prints. */
#include "testing.h"

#include <stdlib.h>

#include "kbuild_fixture.h"
#include "read/units/units.h"

#define X86 "CONFIG_X86_64=y\nCONFIG_64BIT=y\n"

static void make_tree(struct fixture *fixture)
{
	write_source(fixture, "linux");
	configure(fixture, "linux", X86, "7.2.13");
	expect_ok(open_tree(fixture, "linux", NULL));
}

/* "FILE: FLAGS" of each unit in a line; paths are those below the tree. */
static const char *list_of(const struct fixture *fixture, const struct pl_code_units *units)
{
	static char text[4096];
	const char *tree = path_of(fixture, "linux/");
	size_t length = strlen(tree), used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < units->n; i++) {
		const struct pl_code_unit *unit = &units->list[i];

		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s:", unit->file + length);
		for (size_t j = 0; j < unit->flags.n; j++) {
			const char *flag = unit->flags.items[j];

			used += (size_t)snprintf(text + used, sizeof(text) - used, " %s",
						 !strncmp(flag, tree, length) ? flag + length
									      : flag);
		}
		used += (size_t)snprintf(text + used, sizeof(text) - used, "\n");
	}
	return text;
}

static struct pl_error *find(struct fixture *fixture, const char *log, struct pl_code_units *ret)
{
	return pl_units_find(fixture->arena, &fixture->kbuild, fixture->recipe,
			     log ? path_of(fixture, log) : NULL, ret);
}

static void command_files_are_those_of_the_kernel_s_c_files(void **state)
{
	struct fixture *fixture = *state;
	struct pl_code_units units;

	make_tree(fixture);
	write_text(fixture, "linux/mm/.slub.o.cmd",
		   "savedcmd_mm/slub.o := gcc -Wp,-MMD,mm/.slub.o.d -I./include -D__KERNEL__ -O2 "
		   "-mno-sse -DKBUILD_MODNAME='\"slub\"' -c -o mm/slub.o mm/slub.c\n");
	write_text(fixture, "linux/kernel/.fork.o.cmd",
		   "cmd_kernel/fork.o := gcc -D__KERNEL__ -c -o kernel/fork.o kernel/fork.c\n");
	write_text(fixture, "linux/scripts/.tool.o.cmd",
		   "savedcmd_scripts/tool.o := gcc -O2 -c -o scripts/tool.o scripts/tool.c\n");
	write_text(fixture, "linux/kernel/.entry.o.cmd",
		   "savedcmd_kernel/entry.o := gcc -D__KERNEL__ -c -o kernel/entry.o "
		   "kernel/entry.S\n");
	write_text(fixture, "linux/mm/.built-in.o.cmd",
		   "savedcmd_mm/built-in.o := ld -r -o mm/built-in.o mm/slub.o\n");
	write_text(fixture, "linux/mm/.outside.o.cmd",
		   "savedcmd_mm/outside.o := gcc -D__KERNEL__ -c -o mm/o.o /elsewhere/o.c\n");
	expect_ok(find(fixture, NULL, &units));
	assert_string_equal(list_of(fixture, &units),
			    "kernel/fork.c: --target=x86_64-linux-gnu -D __KERNEL__\n"
			    "mm/slub.c: --target=x86_64-linux-gnu -I include -D __KERNEL__ "
			    "-D KBUILD_MODNAME=\"slub\"\n");
	assert_int_equal(units.outside.n, 1);
	assert_string_equal(units.outside.items[0], "/elsewhere/o.c");
}

/* The object NAME, of the file that its first letter names. */
static void write_outside(struct fixture *fixture, const char *name)
{
	char path[64], text[256];

	snprintf(path, sizeof(path), "linux/mm/.%s.o.cmd", name);
	snprintf(text, sizeof(text),
		 "savedcmd_mm/%s.o := gcc -D__KERNEL__ -c -o mm/%s.o /elsewhere/%.1s.c\n", name,
		 name, name);
	write_text(fixture, path, text);
}

static void files_outside_of_the_tree_are_listed(void **state)
{
	struct fixture *fixture = *state;
	struct pl_code_units units;
	struct pl_error *error;

	make_tree(fixture);
	write_outside(fixture, "c");
	write_outside(fixture, "a");
	write_outside(fixture, "b");
	write_outside(fixture, "again");
	error = find(fixture, NULL, &units);
	assert_non_null(error);
	assert_int_equal(error->kind, PL_ERROR_UNREADABLE);
	assert_non_null(strstr(error->message, "all that is compiled is outside of it and of "));
	assert_non_null(strstr(error->message, ", as /elsewhere/a.c; if the tree was moved"));
	pl_error_free(error);
	write_text(fixture, "linux/mm/.mine.o.cmd",
		   "cmd_mm/mine.o := gcc -D__KERNEL__ -c -o mm/mine.o mm/mine.c\n");
	expect_ok(find(fixture, NULL, &units));
	assert_int_equal(units.n, 1);
	assert_int_equal(units.outside.n, 3);
	pl_units_keep_shard(&units, 1, 2);
	assert_int_equal(units.outside.n, 2);
	assert_string_equal(units.outside.items[0], "/elsewhere/a.c");
	assert_string_equal(units.outside.items[1], "/elsewhere/c.c");
}

static void what_clang_was_told_it_is_told_again(void **state)
{
	struct fixture *fixture = *state;
	struct pl_code_units units;

	make_tree(fixture);
	write_text(fixture, "linux/mm/.slub.o.cmd",
		   "savedcmd_mm/slub.o := ccache clang-19 --target=x86_64-linux-gnu -Wall -O2 -m64 "
		   "-mno-sse -fno-PIE -g -D__KERNEL__ -c -o mm/slub.o mm/slub.c\n");
	expect_ok(find(fixture, NULL, &units));
	assert_string_equal(list_of(fixture, &units),
			    "mm/slub.c: --target=x86_64-linux-gnu -m64 -O2 -mno-sse -fno-PIE -D "
			    "__KERNEL__\n");
}

static void gcc_s_kernels_are_adjusted_for_clang(void **state)
{
	struct fixture *fixture = *state;
	struct pl_code_units units;

	write_source(fixture, "linux");
	configure(fixture, "linux", X86 "CONFIG_FUNCTION_TRACER=y\n", "7.2.13");
	expect_ok(open_tree(fixture, "linux", NULL));
	write_text(fixture, "linux/mm/.a.o.cmd",
		   "savedcmd_mm/a.o := gcc -D__KERNEL__ -c -o mm/a.o mm/a.c\n");
	write_text(fixture, "linux/mm/.b.o.cmd",
		   "savedcmd_mm/b.o := clang --target=x86_64-linux-gnu -D__KERNEL__ -c -o mm/b.o "
		   "mm/b.c\n");
	expect_ok(find(fixture, NULL, &units));
	assert_string_equal(list_of(fixture, &units),
			    "mm/a.c: --target=x86_64-linux-gnu -D __KERNEL__ -DCC_USING_FENTRY\n"
			    "mm/b.c: --target=x86_64-linux-gnu -D __KERNEL__\n");
}

static void databases_come_first(void **state)
{
	struct fixture *fixture = *state;
	struct pl_code_units units;

	make_tree(fixture);
	write_text(fixture, "linux/mm/.slub.o.cmd",
		   "savedcmd_mm/slub.o := gcc -D__KERNEL__ -c -o mm/slub.o mm/slub.c\n");
	write_text(fixture, "linux/compile_commands.json",
		   "[{\"directory\": \"@/linux/fs\", \"file\": \"a.c\", \"arguments\": "
		   "[\"gcc\", \"-D__KERNEL__\", \"-I.\", \"-c\", \"a.c\"]},\n"
		   "{\"directory\": \"@/linux\", \"file\": \"fs/b.c\", "
		   "\"command\": \"gcc -D__KERNEL__ -c fs/b.c\"}]\n");
	expect_ok(find(fixture, NULL, &units));
	assert_string_equal(list_of(fixture, &units),
			    "fs/a.c: --target=x86_64-linux-gnu -D __KERNEL__ -I fs\n"
			    "fs/b.c: --target=x86_64-linux-gnu -D __KERNEL__\n");
}

static void what_make_prints_has_commands_among_much_else(void **state)
{
	struct fixture *fixture = *state;
	struct pl_code_units units;

	make_tree(fixture);
	write_text(fixture, "log",
		   "make[1]: Entering directory '@/linux'\n"
		   "set -e; echo '# CC mm/a.o'; echo '  gcc -DWRONG -c -o mm/a.o mm/a.c  ';  trap "
		   "'rm -f mm/a.o; kill -s HUP $$' HUP; gcc -D__KERNEL__ -DRIGHT='\"a b\"' -c -o "
		   "mm/a.o mm/a.c; ./tools/objtool mm/a.o\n"
		   "gcc -D__KERNEL__ \\\n -c -o fs/b.o \\\n fs/b.c && :\n"
		   "gcc -D__KERNEL__ -c -o fs/b.o fs/b.c\n"
		   "gcc -D__KERNEL__ -DTWICE -c -o fs/b2.o fs/b.c\n");
	expect_ok(find(fixture, "log", &units));
	assert_string_equal(list_of(fixture, &units),
			    "fs/b.c: --target=x86_64-linux-gnu -D __KERNEL__\n"
			    "fs/b.c: --target=x86_64-linux-gnu -D __KERNEL__ -D TWICE\n"
			    "mm/a.c: --target=x86_64-linux-gnu -D __KERNEL__ -D RIGHT=\"a b\"\n");
}

static void shards_are_all_of_the_units_once(void **state)
{
	struct fixture *fixture = *state;
	size_t seen = 0;

	make_tree(fixture);
	for (char name = 'a'; name < 'h'; name++) {
		char path[64], text[256];

		snprintf(path, sizeof(path), "linux/mm/.%c.o.cmd", name);
		snprintf(text, sizeof(text),
			 "savedcmd_mm/%c.o := gcc -D__KERNEL__ -c -o mm/%c.o mm/%c.c\n", name, name,
			 name);
		write_text(fixture, path, text);
	}
	for (unsigned shard = 1; shard <= 3; shard++) {
		struct pl_code_units units;

		expect_ok(find(fixture, NULL, &units));
		pl_units_keep_shard(&units, shard, 3);
		for (size_t i = 0; i < units.n; i++)
			assert_int_equal(strrchr(units.list[i].file, '/')[1],
					 'a' + (shard - 1) + 3 * i);
		seen += units.n;
	}
	assert_int_equal(seen, 7);
}

static void builds_that_say_nothing_are_told(void **state)
{
	struct fixture *fixture = *state;
	char message[256];
	struct pl_code_units units;

	make_tree(fixture);
	snprintf(message, sizeof(message),
		 "%s: nothing in it says how C files are compiled: it is not built; what `make -n "
		 "V=1 -k vmlinux modules` prints there says it too (--make-log)",
		 path_of(fixture, "linux"));
	expect_unreadable(find(fixture, NULL, &units), message);
	write_text(fixture, "log", "make: Nothing to be done\n");
	snprintf(message, sizeof(message), "%s: no command in it compiles a C file of %s",
		 path_of(fixture, "log"), path_of(fixture, "linux"));
	expect_unreadable(find(fixture, "log", &units), message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(command_files_are_those_of_the_kernel_s_c_files),
		TEST(files_outside_of_the_tree_are_listed),
		TEST(what_clang_was_told_it_is_told_again),
		TEST(gcc_s_kernels_are_adjusted_for_clang),
		TEST(databases_come_first),
		TEST(what_make_prints_has_commands_among_much_else),
		TEST(shards_are_all_of_the_units_once),
		TEST(builds_that_say_nothing_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
