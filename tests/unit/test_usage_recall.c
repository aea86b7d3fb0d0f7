/* SPDX-License-Identifier: MIT */
/* Results of units from one run to the next: what they are kept under, and when they still count.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "read/usage/cache_file.h"
#include "read/usage/usage_internal.h"
#include "support/file.h"
#include "testing.h"

/* A directory with two files that have been what they are for a while. */
struct fixture {
	struct pl_arena *arena;
	char directory[64];
	const char *first, *second, *absent;
};

static const char *path_of(struct fixture *fixture, const char *name)
{
	const char *path = pl_arena_printf(fixture->arena, "%s/%s", fixture->directory, name);

	assert_non_null(path);
	return path;
}

/* SECONDS: when it was written, before now. */
static void write_file(const char *path, const char *text, size_t length, time_t seconds)
{
	const struct timespec then[] = {{time(NULL) - seconds, 0}, {time(NULL) - seconds, 0}};
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, then, 0), 0);
}

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture =
		(struct fixture){.arena = pl_arena_new(), .directory = "/tmp/pagelap-test-XXXXXX"};
	if (!fixture.arena || !mkdtemp(fixture.directory))
		return 1;
	fixture.first = path_of(&fixture, "first.c");
	fixture.second = path_of(&fixture, "second.h");
	fixture.absent = path_of(&fixture, "absent.h");
	write_file(fixture.first, "first", 5, 100);
	write_file(fixture.second, "second", 6, 100);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -r '%s'", fixture->directory);
	pl_arena_free(fixture->arena);
	return system(command);
}

/* A run, as far as the cache is concerned. */
struct run {
	struct pl_gathered gathered;
	struct pl_usage_cache cache;
};

static void open_run(struct fixture *fixture, struct run *run)
{
	struct pl_arena *arena = fixture->arena;

	*run = (struct run){
		.gathered = {.arena = arena,
			     .by_digest = {.arena = arena},
			     .by_path = {.arena = arena}},
		.cache = {.arena = arena, .gathered = &run->gathered, .by_key = {.arena = arena}}};
	expect_ok(pl_usage_cache_open(&run->cache, path_of(fixture, "cache"), "/build"));
}

static struct pl_digest key(const char *text)
{
	return pl_digest(text, strlen(text));
}

static void add_input(struct fixture *fixture, struct run *run, const char *path,
		      struct pl_gathered_unit *unit)
{
	if (!unit->inputs)
		unit->inputs = pl_arena_array(fixture->arena, 4, sizeof(*unit->inputs));
	expect_ok(pl_gathered_input(&run->gathered, path, &unit->inputs[unit->n_inputs++]));
}

/* "whole" does what one bundle says and reads both files; "lost" reads the first, and lacks one. */
static void put_both(struct fixture *fixture, struct run *run)
{
	struct pl_gathered_unit whole = {.done = true}, lost = {.lost = "it is lost"};
	struct pl_digest whole_key = key("whole"), lost_key = key("lost"), bundle = key("bundle");

	whole.bundles = pl_arena_array(fixture->arena, 1, sizeof(*whole.bundles));
	expect_ok(pl_gathered_bundle(&run->gathered, &bundle, bytes_of_text("what it does"),
				     &whole.bundles[whole.n_bundles++]));
	add_input(fixture, run, fixture->first, &whole);
	add_input(fixture, run, fixture->second, &whole);
	add_input(fixture, run, fixture->first, &lost);
	expect_ok(pl_words_add(fixture->arena, &lost.absent, fixture->absent));
	expect_ok(pl_usage_cache_put(&run->cache, &whole_key, &whole));
	expect_ok(pl_usage_cache_put(&run->cache, &lost_key, &lost));
}

static void keep_both(struct fixture *fixture)
{
	struct run run;

	open_run(fixture, &run);
	put_both(fixture, &run);
	expect_ok(pl_usage_cache_save(&run.cache));
}

static bool finds(struct run *run, const char *name, struct pl_gathered_unit *ret)
{
	const struct pl_digest its = key(name);

	return pl_usage_cache_find(&run->cache, &its, ret);
}

static void expect_found(struct fixture *fixture, bool whole, bool lost)
{
	struct pl_gathered_unit unit;
	struct run run;

	open_run(fixture, &run);
	assert_int_equal(finds(&run, "whole", &unit), whole);
	assert_int_equal(finds(&run, "lost", &unit), lost);
}

static void what_was_kept_comes_back(void **state)
{
	struct pl_gathered_unit unit;
	struct run run;

	keep_both(*state);
	open_run(*state, &run);
	assert_true(finds(&run, "whole", &unit));
	assert_true(unit.done);
	assert_null(unit.lost);
	assert_int_equal(unit.n_bundles, 1);
	assert_memory_equal(run.gathered.bundles[unit.bundles[0]]->bytes.data, "what it does", 12);
	assert_int_equal(unit.n_inputs, 2);
	assert_true(finds(&run, "lost", &unit));
	assert_false(unit.done);
	assert_string_equal(unit.lost, "it is lost");
	assert_int_equal(unit.absent.n, 1);
	assert_false(finds(&run, "another", &unit));
}

static void a_result_counts_as_long_as_its_files_are_the_same(void **state)
{
	struct fixture *fixture = *state;

	keep_both(fixture);
	write_file(fixture->second, "second", 6, 50);
	expect_found(fixture, true, true);
	write_file(fixture->second, "Second", 6, 100);
	expect_found(fixture, false, true);
	write_file(fixture->first, "first, and more", 15, 100);
	expect_found(fixture, false, false);
}

static void a_file_that_is_gone_is_not_the_same(void **state)
{
	struct fixture *fixture = *state;

	keep_both(fixture);
	assert_int_equal(unlink(fixture->second), 0);
	expect_found(fixture, false, true);
}

static void what_was_lost_is_tried_again_when_what_it_lacks_appears(void **state)
{
	struct fixture *fixture = *state;

	keep_both(fixture);
	write_file(fixture->absent, "", 0, 100);
	expect_found(fixture, true, false);
	assert_int_equal(unlink(fixture->absent), 0);
	expect_found(fixture, true, true);
}

/* It may have been read before it was changed. */
static void a_file_that_changes_during_the_run_is_not_believed(void **state)
{
	struct fixture *fixture = *state;
	struct run run;

	open_run(fixture, &run);
	put_both(fixture, &run);
	write_file(fixture->second, "second", 6, -1);
	expect_ok(pl_usage_cache_save(&run.cache));
	expect_found(fixture, false, true);
	expect_ok(pl_usage_cache_save(&run.cache));
	expect_found(fixture, false, true);
}

/* The new content of a file is that of the units which were looked at again, not of the others. */
static void what_nobody_has_asked_for_is_not_renewed(void **state)
{
	struct fixture *fixture = *state;
	struct run run;

	keep_both(fixture);
	write_file(fixture->first, "other", 5, 100);
	open_run(fixture, &run);
	expect_ok(pl_usage_cache_save(&run.cache));
	expect_ok(pl_usage_cache_save(&run.cache));
	expect_found(fixture, false, false);
}

/* Results are kept during a run too, and after that it asks for more. */
static void what_was_renewed_during_the_run_is_not_what_was_kept(void **state)
{
	struct fixture *fixture = *state;
	struct pl_gathered_unit unit;
	struct run run;

	keep_both(fixture);
	write_file(fixture->second, "Second", 6, 100);
	open_run(fixture, &run);
	assert_true(finds(&run, "lost", &unit));
	expect_ok(pl_usage_cache_save(&run.cache));
	assert_false(finds(&run, "whole", &unit));
	assert_true(finds(&run, "lost", &unit));
	expect_ok(pl_usage_cache_save(&run.cache));
	expect_found(fixture, false, true);
}

static struct pl_file open_cache(struct fixture *fixture, const char **path)
{
	struct run run;
	struct pl_file file;

	open_run(fixture, &run);
	*path = run.cache.path;
	expect_ok(pl_file_open(*path, &file));
	return file;
}

static void a_file_that_is_damaged_is_as_good_as_none(void **state)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct fixture *fixture = *state;
	const char *path;
	char *bytes;

	keep_both(fixture);
	file = open_cache(fixture, &path);
	bytes = pl_arena_strndup(fixture->arena, (const char *)file.bytes.data, file.bytes.size);
	for (size_t i = 0; i < file.bytes.size; i++) {
		write_file(path_of(fixture, "damaged"), bytes, i, 0);
		assert_int_equal(rename(path_of(fixture, "damaged"), path), 0);
		expect_found(fixture, false, false);
		bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
		write_file(path_of(fixture, "damaged"), bytes, file.bytes.size, 0);
		assert_int_equal(rename(path_of(fixture, "damaged"), path), 0);
		expect_found(fixture, false, false);
		bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
	}
	write_file(path, bytes, file.bytes.size, 0);
	expect_found(fixture, true, true);
}

static void what_killed_runs_have_left_is_removed(void **state)
{
	struct fixture *fixture = *state;
	const char *left, *of_now, *of_others;
	struct run run;

	keep_both(fixture);
	open_run(fixture, &run);
	left = pl_arena_printf(fixture->arena, "%s.123", run.cache.path);
	of_now = pl_arena_printf(fixture->arena, "%s.124", run.cache.path);
	of_others = path_of(fixture, "cache/usage-0.123");
	write_file(left, "", 0, 7200);
	write_file(of_now, "", 0, 60);
	write_file(of_others, "", 0, 7200);
	expect_found(fixture, true, true);
	assert_int_not_equal(access(left, F_OK), 0);
	assert_int_equal(access(of_now, F_OK), 0);
	assert_int_equal(access(of_others, F_OK), 0);
}

/* Should somebody make the digest fit, nothing worse comes of it than nonsense. */
static void no_file_does_any_harm(void **state)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct fixture *fixture = *state;
	const size_t head = strlen(PL_CACHE_MAGIC) + PL_DIGEST_SIZE;
	const char *path;
	char *bytes;

	keep_both(fixture);
	file = open_cache(fixture, &path);
	bytes = pl_arena_strndup(fixture->arena, (const char *)file.bytes.data, file.bytes.size);
	srand(1);
	for (int round = 0; round < 2000; round++) {
		size_t length = head + (size_t)rand() % (file.bytes.size - head + 1);
		struct pl_digest digest;
		struct run run;

		memcpy(bytes, file.bytes.data, file.bytes.size);
		for (int i = 0; i < round % 4; i++)
			bytes[head + (size_t)rand() % (file.bytes.size - head)] = (char)rand();
		digest = pl_digest(bytes + head, length - head);
		memcpy(bytes + head - PL_DIGEST_SIZE, digest.bytes, PL_DIGEST_SIZE);
		run = (struct run){.gathered = {.arena = fixture->arena,
						.by_digest = {.arena = fixture->arena},
						.by_path = {.arena = fixture->arena}},
				   .cache = {.arena = fixture->arena,
					     .gathered = &run.gathered,
					     .by_key = {.arena = fixture->arena}}};
		pl_error_free(pl_cache_file_take(
			&run.cache, (struct pl_bytes){(const unsigned char *)bytes, length}));
	}
}

/* What the key of a unit is made of. */
struct parts {
	const char *version_of_clang, *build, *file, *flag, *record, *rules;
	bool plain;
};

static struct pl_digest key_of(struct pl_arena *arena, const struct parts *parts)
{
	const char *flags[] = {"-I", parts->flag};
	const char *records[] = {parts->record};
	struct pl_code_unit unit = {parts->file, {flags, 2, 2}};
	struct pl_usage_rules rules = {.digest = key(parts->rules)};
	struct pl_target target = {.reader = parts->version_of_clang};
	struct pl_usage_request request = {.plain = parts->plain};
	struct pl_gathered_unit results[1];
	size_t waiting[1], idle[1];
	struct pl_usage_run run = {
		.request = &request,
		.target = &target,
		.arena = arena,
		.roots = {"/source", parts->build},
		.units = {.list = &unit, .n = 1, .capacity = 1},
		.plan = {.rules = &rules,
			 .host = "page",
			 .records = records,
			 .n_records = 1,
			 .plain = parts->plain},
		.gathered = {.arena = arena,
			     .by_digest = {.arena = arena},
			     .by_path = {.arena = arena}},
		.results = results,
		.waiting = waiting,
		.idle = idle,
	};

	expect_ok(pl_usage_recall(&run));
	assert_false(run.recalled);
	assert_int_equal(run.n_waiting, 1);
	assert_false(pl_digest_equal(&run.keys[0], &run.all_key));
	return run.keys[0];
}

static void each_part_of_a_key_counts(void **state)
{
	struct fixture *fixture = *state;
	const struct parts parts[] = {
		{"libclang 19", "/build", "a.c", "include", "page", "rules", false},
		{"libclang 20", "/build", "a.c", "include", "page", "rules", false},
		{"libclang 19", "/other", "a.c", "include", "page", "rules", false},
		{"libclang 19", "/build", "b.c", "include", "page", "rules", false},
		{"libclang 19", "/build", "a.c", "arch", "page", "rules", false},
		{"libclang 19", "/build", "a.c", "include", "slab", "rules", false},
		{"libclang 19", "/build", "a.c", "include", "page", "others", false},
		{"libclang 19", "/build", "a.c", "include", "page", "rules", true},
		/* Where one part ends and the next one begins is part of it. */
		{"libclang 19", "/build", "a.c-I", "nclude", "page", "rules", false},
	};
	struct pl_digest keys[COUNT(parts)];

	for (size_t i = 0; i < COUNT(parts); i++) {
		struct pl_digest again = key_of(fixture->arena, &parts[i]);

		keys[i] = key_of(fixture->arena, &parts[i]);
		assert_true(pl_digest_equal(&keys[i], &again));
		for (size_t j = 0; j < i; j++)
			assert_false(pl_digest_equal(&keys[i], &keys[j]));
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_kept_comes_back),
		TEST(a_result_counts_as_long_as_its_files_are_the_same),
		TEST(a_file_that_is_gone_is_not_the_same),
		TEST(what_was_lost_is_tried_again_when_what_it_lacks_appears),
		TEST(a_file_that_changes_during_the_run_is_not_believed),
		TEST(what_nobody_has_asked_for_is_not_renewed),
		TEST(what_was_renewed_during_the_run_is_not_what_was_kept),
		TEST(a_file_that_is_damaged_is_as_good_as_none),
		TEST(what_killed_runs_have_left_is_removed),
		TEST(no_file_does_any_harm),
		TEST(each_part_of_a_key_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
