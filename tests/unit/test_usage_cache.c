/* SPDX-License-Identifier: MIT */
/* Results of units from one run to the next: as long as the files they stand on are the same, and
 * no longer. */
#include "read/usage/cache.h"
#include "testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "read/usage/cache_file.h"

enum { N_FILES = 3 };

static char directory[64], files[N_FILES][96];

/* One run of the program: what it gathers, and its cache. */
struct run {
	struct pl_arena *arena;
	struct pl_gathered gathered;
	struct pl_usage_cache cache;
};

static void write_file(const char *path, const char *text, time_t age)
{
	FILE *file = fopen(path, "wbe");
	struct timespec times[2] = {{.tv_sec = time(NULL) - age}, {.tv_sec = time(NULL) - age}};

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static int set_up(void **state)
{
	(void)state;
	strcpy(directory, "/tmp/usage-cache-XXXXXX");
	if (!mkdtemp(directory))
		return 1;
	for (size_t i = 0; i < N_FILES; i++) {
		snprintf(files[i], sizeof(files[i]), "%s/%zu.c", directory, i);
		write_file(files[i], "int before;\n", 60);
	}
	return 0;
}

static void remove_all(const char *path)
{
	DIR *list = opendir(path);
	char name[512];

	for (const struct dirent *entry; list && (entry = readdir(list));) {
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (entry->d_name[0] != '.' && unlink(name))
			remove_all(name);
	}
	if (list)
		closedir(list);
	rmdir(path);
}

static int tear_down(void **state)
{
	(void)state;
	remove_all(directory);
	return 0;
}

static void begin(struct run *run, const char *build)
{
	char cache[96];

	*run = (struct run){.arena = pl_arena_new()};
	assert_non_null(run->arena);
	run->gathered = (struct pl_gathered){.arena = run->arena,
					     .by_digest = {.arena = run->arena},
					     .by_path = {.arena = run->arena}};
	run->cache = (struct pl_usage_cache){
		.arena = run->arena, .gathered = &run->gathered, .by_key = {.arena = run->arena}};
	snprintf(cache, sizeof(cache), "%s/in/there", directory);
	expect_ok(pl_usage_cache_open(&run->cache, cache, build));
}

static void end(struct run *run)
{
	expect_ok(pl_usage_cache_save(&run->cache));
	pl_arena_free(run->arena);
}

/* Keeps, as the unit NAME, the bundle SAYS and what it read: N files from FIRST on. */
static void keep(struct run *run, const char *name, const char *says, size_t first, size_t n)
{
	const struct pl_digest key = pl_digest(name, strlen(name));
	const struct pl_digest digest = pl_digest(says, strlen(says));
	uint32_t bundle, inputs[N_FILES];
	struct pl_gathered_unit unit = {.bundles = &bundle, .n_bundles = 1, .n_inputs = n};

	expect_ok(pl_gathered_bundle(&run->gathered, &digest, bytes_of_text(says), &bundle));
	for (size_t i = 0; i < n; i++)
		expect_ok(pl_gathered_input(&run->gathered, files[first + i], &inputs[i]));
	unit.bundles = pl_arena_array(run->arena, 1, sizeof(bundle));
	unit.inputs = pl_arena_array(run->arena, n + 1, sizeof(*inputs));
	assert_true(unit.bundles && unit.inputs);
	unit.bundles[0] = bundle;
	memcpy(unit.inputs, inputs, n * sizeof(*inputs));
	expect_ok(pl_usage_cache_put(&run->cache, &key, &unit));
}

static bool has(struct run *run, const char *name, struct pl_gathered_unit *unit)
{
	const struct pl_digest key = pl_digest(name, strlen(name));

	return pl_usage_cache_find(&run->cache, &key, unit);
}

/* The unit NAME is kept, says SAYS, and has read N files from FIRST on. */
static void expect_kept(struct run *run, const char *name, const char *says, size_t first, size_t n)
{
	struct pl_gathered_unit unit = {0};
	const struct pl_gathered_bundle *bundle;

	assert_true(has(run, name, &unit));
	assert_true(unit.done);
	assert_int_equal(unit.n_bundles, 1);
	bundle = run->gathered.bundles[unit.bundles[0]];
	assert_int_equal(bundle->bytes.size, strlen(says));
	assert_memory_equal(bundle->bytes.data, says, strlen(says));
	assert_int_equal(unit.n_inputs, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(run->gathered.inputs[unit.inputs[i]], files[first + i]);
}

static void expect_gone(struct run *run, const char *name)
{
	struct pl_gathered_unit unit = {0};

	assert_false(has(run, name, &unit));
	assert_false(unit.done);
}

/* Three units: the first has the first two files, the second the last two, the third none. */
static void keep_three(void)
{
	struct run run;

	begin(&run, "build");
	assert_int_equal(run.cache.n_units, 0);
	keep(&run, "one", "says one", 0, 2);
	keep(&run, "two", "says two and more", 1, 2);
	keep(&run, "three", "says one", 0, 0);
	end(&run);
}

static void what_is_the_same_is_kept(void **state)
{
	struct run run;

	(void)state;
	keep_three();
	begin(&run, "build");
	assert_int_equal(run.cache.n_units, 3);
	expect_kept(&run, "one", "says one", 0, 2);
	expect_kept(&run, "two", "says two and more", 1, 2);
	expect_kept(&run, "three", "says one", 0, 0);
	expect_gone(&run, "four");
	end(&run);
	begin(&run, "another build");
	assert_int_equal(run.cache.n_units, 0);
	end(&run);
}

static void what_changed_is_gone(void **state)
{
	struct run run;

	(void)state;
	keep_three();
	write_file(files[2], "int after_;\n", 30); /* of the same size */
	begin(&run, "build");
	expect_kept(&run, "one", "says one", 0, 2);
	expect_gone(&run, "two");
	keep(&run, "two", "says another thing", 1, 2);
	end(&run);
	begin(&run, "build");
	expect_kept(&run, "one", "says one", 0, 2);
	expect_kept(&run, "two", "says another thing", 1, 2);
	end(&run);
	write_file(files[1], "longer than before\n", 30);
	assert_int_equal(unlink(files[0]), 0);
	begin(&run, "build");
	expect_gone(&run, "one");
	expect_gone(&run, "two");
	expect_kept(&run, "three", "says one", 0, 0);
	end(&run);
	begin(&run,
	      "build"); /* whatever nobody asked for, and is of files that are not what they were */
	assert_int_equal(run.cache.n_units, 1);
	end(&run);
}

/* A file that is touched, or written anew, is what it was. */
static void content_counts(void **state)
{
	struct run run;

	(void)state;
	keep_three();
	write_file(files[1], "int before;\n", 20);
	assert_int_equal(unlink(files[2]), 0);
	write_file(files[2], "int before;\n", 60);
	begin(&run, "build");
	expect_kept(&run, "one", "says one", 0, 2);
	expect_kept(&run, "two", "says two and more", 1, 2);
	end(&run);
}

/* What is written while the run goes on may have been read before that. */
static void what_changes_meanwhile_is_not_kept(void **state)
{
	struct run run;

	(void)state;
	begin(&run, "build");
	keep(&run, "one", "says one", 0, 1);
	keep(&run, "two", "says two", 1, 1);
	write_file(files[1], "int later;\n", -5);
	end(&run);
	begin(&run, "build");
	expect_kept(&run, "one", "says one", 0, 1);
	expect_gone(&run, "two");
	end(&run);
}

/* In RUNS that ask for the unit "one" alone. */
static void pass(int runs)
{
	for (int i = 0; i < runs; i++) {
		struct run run;

		begin(&run, "build");
		expect_kept(&run, "one", "says one", 0, 2);
		end(&run);
	}
}

static void what_nobody_asks_for_is_dropped(void **state)
{
	struct run run;

	(void)state;
	keep_three();
	pass(16);
	begin(&run, "build");
	assert_int_equal(run.cache.n_units, 3);
	expect_kept(&run, "one", "says one", 0, 2);
	expect_kept(&run, "two", "says two and more", 1, 2);
	end(&run);
	begin(&run,
	      "build"); /* the third would have been asked for for the first time in 18 runs */
	assert_int_equal(run.cache.n_units, 2);
	expect_gone(&run, "three");
	expect_kept(&run, "two", "says two and more", 1, 2);
	end(&run);
}

/* The bytes of a file with three units. */
static struct pl_bytes kept_bytes(struct pl_arena *arena)
{
	struct run run;
	FILE *file;
	char *bytes = pl_arena_alloc(arena, 4096);
	size_t size;

	keep_three();
	begin(&run, "build");
	file = fopen(run.cache.path, "rbe");
	assert_true(file && bytes);
	size = fread(bytes, 1, 4096, file);
	assert_in_range(size, 100, 4000);
	fclose(file);
	pl_arena_free(run.arena);
	return (struct pl_bytes){(const unsigned char *)bytes, size};
}

static struct pl_error *take(struct pl_arena *arena, struct pl_bytes bytes)
{
	struct pl_gathered gathered = {
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};
	struct pl_usage_cache cache = {
		.arena = arena, .gathered = &gathered, .by_key = {.arena = arena}};

	return pl_cache_file_take(&cache, bytes);
}

static void a_file_that_makes_no_sense_is_none(void **state)
{
	struct pl_arena *arena = pl_arena_new();
	const struct pl_bytes bytes = kept_bytes(arena);
	struct run run;

	(void)state;
	expect_ok(take(arena, bytes));
	for (size_t size = 0; size < bytes.size; size++)
		expect_unreadable(take(arena, (struct pl_bytes){bytes.data, size}),
				  "it makes no sense");
	begin(&run, "build");
	write_file(run.cache.path, "nonsense", 0);
	pl_arena_free(run.arena);
	begin(&run, "build");
	assert_int_equal(run.cache.n_units, 0);
	pl_arena_free(run.arena);
	pl_arena_free(arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_the_same_is_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_changed_is_gone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_changes_meanwhile_is_not_kept, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_nobody_asks_for_is_dropped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_that_makes_no_sense_is_none, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
