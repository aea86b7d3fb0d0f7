/* SPDX-License-Identifier: MIT */
/*
 * Members by the paths of what they are, are in and consist of: what the sorted
 * lists say of random paths is what a look at each of them says.
 */
#include "testing.h"

#include "arena_fixture.h"
#include "model/extent.h"
#include "model/reach.h"

enum { ROUNDS = 400, MOST = 40, LONGEST = 16 };

static unsigned seed = 1;

static unsigned dice(unsigned sides)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % sides;
}

/* Of names that begin alike, of indices, and of what no reader makes. */
static const char *random_path(void)
{
	static const char *const parts[] = {"a", "ab", ".a", ".ab", "[0]", "[1]", ".", "\xc3\xa9"};
	char text[MOST] = "";

	for (unsigned count = dice(4) + 1; count; count--)
		strcat(text, parts[dice(COUNT(parts))]);
	assert_true(strlen(text) < LONGEST);
	return pl_arena_strdup(arena, text);
}

static struct pl_record random_record(void)
{
	struct pl_record record = {.n_fields = dice(MOST), .n_containers = dice(MOST)};

	record.fields = pl_arena_array(arena, record.n_fields, sizeof(*record.fields));
	record.containers = pl_arena_array(arena, record.n_containers, sizeof(*record.containers));
	for (size_t i = 0; i < record.n_fields; i++)
		record.fields[i] = (struct pl_field){
			.path = random_path(), .offset = dice(512), .size = dice(3) * 8};
	for (size_t i = 0; i < record.n_containers; i++)
		record.containers[i] = (struct pl_container){
			.path = random_path(), .offset = dice(512), .size = dice(3) * 64};
	return record;
}

struct bits {
	uint64_t from, to;
};

static void widen(struct bits *bits, const char *path, const char *wanted, struct bits its)
{
	if (!pl_path_is_within(path, wanted) || its.from == its.to)
		return;
	bits->from = its.from < bits->from ? its.from : bits->from;
	bits->to = its.to > bits->to ? its.to : bits->to;
}

static struct bits look_at_each(const struct pl_record *record, const char *path)
{
	struct bits bits = {UINT64_MAX, 0};

	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		widen(&bits, field->path, path,
		      (struct bits){field->offset, field->offset + field->size});
	}
	for (size_t i = 0; i < record->n_containers; i++) {
		const struct pl_container *container = &record->containers[i];

		widen(&bits, container->path, path,
		      (struct bits){container->offset, container->offset + container->size});
	}
	return bits;
}

static void a_path_names_the_bits_of_all_that_is_in_it(void **state)
{
	size_t found = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct pl_record record = random_record();

		expect_ok(pl_record_index(&record, arena));
		for (int i = 0; i < MOST; i++) {
			const char *path = random_path();
			const struct bits wanted = look_at_each(&record, path);
			uint64_t offset = 0, size = 0;

			assert_int_equal(pl_record_extent(&record, path, &offset, &size),
					 wanted.to != 0);
			if (!wanted.to)
				continue;
			assert_int_equal(offset, wanted.from);
			assert_int_equal(offset + size, wanted.to);
			found++;
		}
	}
	assert_true(found > ROUNDS);
}

static void an_index_made_again_is_of_what_there_is_now(void **state)
{
	struct pl_field fields[] = {{.path = "lru.next", .size = 64}, {.path = "flags", .size = 8}};
	struct pl_record record = {.fields = fields, .n_fields = 2};
	uint64_t offset, size;

	(void)state;
	expect_ok(pl_record_index(&record, arena));
	record.n_fields = 1;
	expect_ok(pl_record_index(&record, arena));
	assert_int_equal(record.n_extents, 2);
	assert_true(pl_record_extent(&record, "lru", &offset, &size));
	assert_false(pl_record_extent(&record, "flags", &offset, &size));
}

static void a_record_that_was_not_indexed_has_nothing(void **state)
{
	struct pl_record record = random_record();
	uint64_t offset, size;

	(void)state;
	assert_false(pl_record_extent(&record, "a", &offset, &size));
}

static void what_an_index_takes_grows_with_the_square_of_a_name(void **state)
{
	struct pl_field fields[] = {{.path = "lru.next"}, {.path = "flags"}};
	struct pl_container containers[] = {{.path = "lru"}};
	const struct pl_record record = {
		.fields = fields, .n_fields = 2, .containers = containers, .n_containers = 1};

	(void)state;
	assert_int_equal(pl_record_index_effort(&record), 2 * 8 + 5 + 3);
}

static struct pl_usage random_usage(void)
{
	static const char *const records[] = {"page", "pages", "slab"};
	struct pl_usage usage = {.n_accesses = dice(MOST)};

	usage.accesses = pl_arena_array(arena, usage.n_accesses, sizeof(*usage.accesses));
	for (size_t i = 0; i < usage.n_accesses; i++)
		usage.accesses[i] = (struct pl_access){
			.record = records[dice(COUNT(records))],
			.field = dice(5) ? random_path() : NULL,
			.kind = (enum pl_access_kind)dice(PL_ACCESS_KIND_COUNT),
		};
	return usage;
}

static unsigned look_at_each_access(const struct pl_usage *usage, const char *path)
{
	unsigned kinds = 0;

	for (size_t i = 0; i < usage->n_accesses; i++) {
		const struct pl_access *access = &usage->accesses[i];

		if (access->field && !strcmp(access->record, "page") &&
		    (pl_path_is_within(path, access->field) ||
		     pl_path_is_within(access->field, path)))
			kinds |= 1U << access->kind;
	}
	return kinds;
}

static void code_gets_at_a_member_by_what_it_is_in_and_by_its_parts(void **state)
{
	size_t found = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		const struct pl_usage usage = random_usage();
		struct pl_reaches reaches;

		expect_ok(pl_reaches_find(&usage, arena, &reaches));
		for (int i = 0; i < MOST; i++) {
			const char *path = random_path();
			unsigned wanted = look_at_each_access(&usage, path);

			assert_int_equal(pl_reaches_kinds(&reaches, "page", path), wanted);
			found += wanted != 0;
		}
	}
	assert_true(found > ROUNDS);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_path_names_the_bits_of_all_that_is_in_it),
		TEST(an_index_made_again_is_of_what_there_is_now),
		TEST(a_record_that_was_not_indexed_has_nothing),
		TEST(what_an_index_takes_grows_with_the_square_of_a_name),
		TEST(code_gets_at_a_member_by_what_it_is_in_and_by_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
